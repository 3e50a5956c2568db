/**
 * Where the embedded engine keeps its records: rows, one writer that commits them in groups, and two stores of the same
 * behaviour, a SQLite file and memory. Only {@link io.durablesaga.embedded.journal.JournalException} is for users.
 */
@NullMarked
package io.durablesaga.embedded.journal;

import org.jspecify.annotations.NullMarked;
