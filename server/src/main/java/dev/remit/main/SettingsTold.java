package dev.remit.main;

import dev.remit.console.Setting;
import dev.remit.console.Setting.Row;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.Account;
import dev.remit.identity.KeyUse;
import dev.remit.identity.OwnKey;
import dev.remit.identity.Role;
import dev.remit.store.EmbeddedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How the gateway is set up, told for reading; no secret is in it. */
final class SettingsTold implements Supplier<List<Setting>> {
    private final Config config;
    private final EmbeddedStore store;
    private final Supplier<String> rulesTrouble;
    private final Supplier<Map<String, String>> webhooks;

    /**
     * @param rulesTrouble why newer rules are not taken; empty if they are
     * @param webhooks how each does, by name
     */
    SettingsTold(
            Config config,
            EmbeddedStore store,
            Supplier<String> rulesTrouble,
            Supplier<Map<String, String>> webhooks) {
        this.config = config;
        this.store = store;
        this.rulesTrouble = rulesTrouble;
        this.webhooks = webhooks;
    }

    @Override
    public List<Setting> get() {
        return List.of(health(), people(), upstreams(), issuers(), keys());
    }

    private Setting health() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("version", Server.VERSION));
        rows.add(new Row("agents reach it at", config.publicUrl()));
        rows.add(new Row("people reach it at", config.peoplesOrigin().orElse("nowhere")));
        rows.add(new Row("ledger", store.trouble().orElse("in order") + ", " + entries()));
        String trouble = rulesTrouble.get();
        rows.add(new Row("rules", trouble.isEmpty() ? "in order" : trouble));
        webhooks.get().forEach((name, how) -> rows.add(new Row("webhook " + name, how)));
        config.warnings().forEach(one -> rows.add(new Row("to be mended", one)));
        return new Setting("Health", rows, "remit doctor");
    }

    private String entries() {
        return store.size() + " entries";
    }

    private Setting people() {
        return new Setting(
                "People and their roles",
                store.accounts().stream().map(SettingsTold::row).toList(),
                "remit person");
    }

    private static Row row(Account one) {
        String roles =
                one.roles().isEmpty()
                        ? "no role"
                        : one.roles().stream().map(Role::word).collect(Collectors.joining(", "));
        String way =
                one.external()
                        .map(external -> "by " + external.issuer())
                        .orElse(one.passkeys().size() + " passkeys");
        return new Row(
                one.person().name() + " (" + one.id() + ")",
                roles + "; signs in: " + way + (one.isActive() ? "" : "; suspended"));
    }

    private Setting upstreams() {
        return new Setting(
                "Upstreams",
                config.upstreams().stream().map(SettingsTold::row).toList(),
                "mcpServers in remit.yaml; remit credential");
    }

    private static Row row(UpstreamSettings one) {
        String how =
                switch (one) {
                    case UpstreamSettings.Stdio program -> "the program " + program.command();
                    case UpstreamSettings.Http server -> "the server " + server.url().getHost();
                };
        return new Row(one.name(), how);
    }

    private Setting issuers() {
        List<Row> rows = new ArrayList<>();
        config.providers().forEach(one -> rows.add(new Row(one.issuer().toString(), "people")));
        config.issuers().forEach(one -> rows.add(new Row(one.issuer(), "agents' passports")));
        config.assertions()
                .forEach(one -> rows.add(new Row(one.issuer(), "statements about others")));
        return new Setting("Issuers that are believed", rows, "people, issuers in remit.yaml");
    }

    private Setting keys() {
        List<Row> rows = new ArrayList<>();
        for (KeyUse use : KeyUse.values()) {
            store.keys(use).newest().ifPresent(key -> rows.add(row(key)));
        }
        return new Setting("Remit's own keys", rows, "remit key rotate");
    }

    private static Row row(OwnKey key) {
        return new Row(
                key.use().text(),
                "number "
                        + key.number()
                        + ", since "
                        + key.since()
                        + ", "
                        + key.key().thumbprint().base64Url());
    }
}
