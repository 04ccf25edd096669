"""The web page for editors: what lies in the output, read, changed and decided on in a browser."""
