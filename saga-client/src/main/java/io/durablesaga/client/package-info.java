/** Starting sagas that run on AWS Lambda, asking how they stand, and answering what they wait for. */
@NullMarked
package io.durablesaga.client;

import org.jspecify.annotations.NullMarked;
