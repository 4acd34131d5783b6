"""Why something was not investigated, ended or limited."""
