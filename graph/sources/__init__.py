"""Where decisions come from: files, folders, archives, pages, PDF, JSON, standard input."""
