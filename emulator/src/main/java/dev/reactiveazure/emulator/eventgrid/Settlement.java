package dev.reactiveazure.emulator.eventgrid;

import java.util.List;

/**
 * What became of each lock token of one acknowledge, release, reject or renew request.
 *
 * @param succeeded the tokens that were settled or renewed
 * @param failed the tokens that were not
 */
record Settlement(List<String> succeeded, List<TokenFailure> failed) {

}
