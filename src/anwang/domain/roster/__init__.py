"""The roster of enterprises as it comes in spreadsheets: headers, cells, codes."""
