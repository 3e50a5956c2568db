package io.durablesaga.dynamodb.page;

/** What is printed. */
record Label(String order, int number) {}
