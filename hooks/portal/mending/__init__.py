"""What is mechanical in an author's file, mended: text in, text out. No file is opened here."""
