"""What whoever runs Whence needs: to set it up, and to see what is wrong."""
