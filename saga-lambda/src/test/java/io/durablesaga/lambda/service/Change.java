package io.durablesaga.lambda.service;

import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

/**
 * An update and what it makes of its operation.
 *
 * @param update as it was sent
 * @param operation as it is stored afterwards; its attempt counts the attempts that have ended
 */
public record Change(OperationUpdate update, Operation operation) {}
