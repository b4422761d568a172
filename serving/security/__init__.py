"""Sign-in, sessions, protection against foreign requests, and security headers."""
