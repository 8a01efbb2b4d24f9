"""What kinds of channels there are (docs: resources/channel, Channel Types)."""

TEXT, DM, VOICE, GROUP_DM, NEWS = 0, 1, 2, 3, 5
PUBLIC_THREAD, PRIVATE_THREAD, STAGE, FORUM = 11, 12, 13, 15
