"""What past airings say about the next one, pure: the size of a crowd and its shape."""
