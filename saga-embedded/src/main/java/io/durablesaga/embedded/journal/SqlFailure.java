package io.durablesaga.embedded.journal;

import java.sql.SQLException;

/** Carries an SQLException out of the row methods, to be explained where the file is known. */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException sql;

    SqlFailure(SQLException sql) {
        super(sql);
        this.sql = sql;
    }

    SQLException sql() {
        return sql;
    }
}
