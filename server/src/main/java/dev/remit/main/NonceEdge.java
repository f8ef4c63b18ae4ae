package dev.remit.main;

import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.identity.Proofs;
import java.time.InstantSource;

/**
 * Says with every answer which nonce proofs must carry, while they must (RFC 9449, section 8.2).
 */
record NonceEdge(Edge inner, Proofs proofs, InstantSource clock) implements Edge {
    @Override
    public void answer(Exchange exchange) {
        proofs.nonce(clock.instant()).ifPresent(nonce -> exchange.addHeader("DPoP-Nonce", nonce));
        inner.answer(exchange);
    }
}
