package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * What being refused means, whoever refuses: the documented answer, nothing sent to the upstream,
 * nothing changed, exactly one record, no secret shown.
 */
final class Refused {
    private Refused() {}

    /** At a resource: 401, and the doubt by name. */
    static HttpResponse<String> at(Siege siege, HttpRequest request, String doubt) {
        HttpResponse<String> answer = is(siege, request, doubt);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .anyMatch(one -> one.startsWith("DPoP ") && one.contains("algs="));
        return answer;
    }

    /** At the token endpoint: 400 or 401 with an OAuth error. */
    static HttpResponse<String> byAuthority(
            Siege siege, HttpRequest request, String error, String doubt) {
        HttpResponse<String> answer = is(siege, request, doubt);
        assertThat(answer.statusCode()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
        assertThat(KnockedGateway.json(answer).text("error")).contains(error);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return answer;
    }

    private static HttpResponse<String> is(Siege siege, HttpRequest request, String doubt) {
        int sent = siege.upstream.all().size();
        List<Value> books = siege.books();
        int records = siege.gateway.events().size();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        HttpResponse<String> answer;
        try {
            answer = siege.gateway.send(request);
        } finally {
            root.detachAppender(log);
        }
        assertThat(siege.upstream.all()).as("sent to the upstream").hasSize(sent);
        assertThat(siege.books()).as("the books").isEqualTo(books);
        List<Event> after = siege.gateway.events();
        assertThat(after).as("records").hasSize(records + 1);
        assertThat(after.getLast())
                .isInstanceOfSatisfying(
                        Event.StrangerRefused.class,
                        record -> assertThat(record.doubt()).isEqualTo(doubt));
        List<String> shown = new ArrayList<>(List.of(answer.body(), after.getLast().toString()));
        answer.headers().map().values().forEach(shown::addAll);
        log.list.forEach(line -> shown.add(line.getFormattedMessage()));
        secrets(request)
                .forEach(
                        secret ->
                                assertThat(shown)
                                        .as("a secret")
                                        .noneMatch(text -> text.contains(secret)));
        return answer;
    }

    /** Whatever was sent to prove who asks; short words may stand anywhere. */
    private static List<String> secrets(HttpRequest request) {
        List<String> secrets = new ArrayList<>();
        for (String name : List.of("Authorization", "DPoP")) {
            for (String value : request.headers().allValues(name)) {
                for (String part : value.substring(value.indexOf(' ') + 1).split("[.]", -1)) {
                    if (part.length() > 30) {
                        secrets.add(part);
                    }
                }
            }
        }
        return secrets;
    }
}
