"""Articles in, passages out: readers, passages, embedding, catalogue, vectors, reindexing, retrieval."""
