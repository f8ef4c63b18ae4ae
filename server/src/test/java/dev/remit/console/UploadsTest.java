package dev.remit.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.giving.GivingRig;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.people.Visitor;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SoftPasskey;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No page takes a file: not a form of several parts, not an archive, not a document. */
final class UploadsTest {
    private static final String EDGE = "cut-here";
    private static final List<String> TYPES =
            List.of(
                    "multipart/form-data; boundary=" + EDGE,
                    "application/zip",
                    "application/xml",
                    "application/yaml",
                    "text/plain",
                    "application/octet-stream");

    @Test
    @AttackCase("CONSOLE-011")
    void uploadsAreRefusedOnEveryRoute() throws Exception {
        try (GivingRig rig = new GivingRig()) {
            Visitor all = rig.person("Ada", new SoftPasskey(), Role.values());
            int before = rig.events().size();
            List<String> routes =
                    Stream.concat(rig.console.routes().stream(), rig.edge.routes().stream())
                            .filter(route -> route.startsWith("POST "))
                            .map(route -> route.substring("POST ".length()))
                            .toList();
            assertThat(routes).hasSizeGreaterThan(12);
            for (String route : routes) {
                for (String type : TYPES) {
                    HttpResponse<String> answer =
                            all.post(route, type, body(all), "X-Remit-Form", all.form());
                    assertThat(answer.statusCode()).as(route + " " + type).isBetween(400, 499);
                }
            }
            assertThat(rig.events().subList(before, rig.events().size()))
                    .as("nothing but that it was refused")
                    .allMatch(one -> one instanceof Event.SignInRefused);
            String form = "agent=nobody&tool=files.read&arguments=%7B%7D&form=" + all.form();
            assertThat(all.postForm("/rules/try", form).body())
                    .as("the same as a form is read")
                    .contains("there is no agent of this name");
        }
    }

    /** The right word in a part of its own, beside a file that leads out of its folder. */
    private static String body(Visitor visitor) {
        return "--"
                + EDGE
                + "\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\n"
                + visitor.form()
                + "\r\n--"
                + EDGE
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.cedar\"\r\n"
                + "Content-Type: application/zip\r\n\r\nPK\u0003\u0004../../x\r\n--"
                + EDGE
                + "--\r\n";
    }
}
