package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.dynamodb.UpdateExpression.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UpdateExpressionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "SET a = :x                          | SET a = :x, s = :s REMOVE r ADD d :d",
                "set a = :x, b = :y                  | SET a = :x, b = :y, s = :s REMOVE r ADD d :d",
                "REMOVE a                            | SET s = :s REMOVE a, r ADD d :d",
                "Remove a[0], b.c[1] Set x = :x      | SET x = :x, s = :s REMOVE a[0], b.c[1], r ADD d :d",
                "ADD a :x SET b = :y                 | SET b = :y, s = :s REMOVE r ADD a :x, d :d",
                "DELETE a :x                         | SET s = :s REMOVE r ADD d :d DELETE a :x",
                "ADD a :a DELETE b :b REMOVE c SET e = :e"
                        + " | SET e = :e, s = :s REMOVE c, r ADD a :a, d :d DELETE b :b",
                "SET#set = :add, #remove = :delete   | SET #set = :add, #remove = :delete, s = :s REMOVE r ADD d :d",
                "SET a.#add = :set.x                 | SET a.#add = :set.x, s = :s REMOVE r ADD d :d",
                "SET a = if_not_exists(a, :z)REMOVE b| SET a = if_not_exists(a, :z), s = :s REMOVE b, r ADD d :d",
                "SET a = b[0]ADD c :c                | SET a = b[0], s = :s REMOVE r ADD c :c, d :d",
                "SET address = :x, settings = :y, removed = :z, x_add = :a, deleteAt = :d"
                        + " | SET address = :x, settings = :y, removed = :z, x_add = :a, deleteAt = :d, s = :s"
                        + " REMOVE r ADD d :d",
                "SET a = list_append(a, :remove) | SET a = list_append(a, :remove), s = :s REMOVE r ADD d :d",
            })
    void what_is_added_stands_in_the_clauses_that_are_there(String own, String merged) {
        assertThat(merged(own)).isEqualTo(merged);
    }

    @Test
    void an_expression_may_go_over_several_lines() {
        assertThat(merged("\n  SET\n    a = :x\n  REMOVE\tb\n")).isEqualTo("SET a = :x, s = :s REMOVE b, r ADD d :d");
    }

    @Test
    void without_an_expression_there_is_what_is_added() {
        assertThat(UpdateExpression.none().and(Clause.ADD, "a :a")).hasToString("ADD a :a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a = :x", "a = :x SET b = :y", "#set a"})
    void what_does_not_begin_with_a_clause_is_refused(String expression) {
        assertThatThrownBy(() -> UpdateExpression.parse(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begins with none of SET, REMOVE, ADD and DELETE");
    }

    @Test
    void a_clause_that_occurs_twice_is_refused() {
        assertThatThrownBy(() -> UpdateExpression.parse("SET a = :x REMOVE b set c = :y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SET occurs twice");
    }

    @Test
    void a_mistake_in_a_clause_stays_one() {
        assertThat(merged("SET REMOVE b")).contains("SET , s");
        assertThat(merged("SET a = :x,")).contains("SET a = :x,, s");
    }

    private static String merged(String own) {
        return UpdateExpression.parse(own)
                .and(Clause.SET, "s = :s")
                .and(Clause.ADD, "d :d")
                .and(Clause.REMOVE, "r")
                .toString();
    }
}
