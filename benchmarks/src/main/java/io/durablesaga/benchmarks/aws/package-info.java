/** What a saga costs on Lambda, in processor time. */
@NullMarked
package io.durablesaga.benchmarks.aws;

import org.jspecify.annotations.NullMarked;
