package dev.remit.cli;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.main.TemplateFolder;
import dev.remit.mandate.template.Template;
import dev.remit.mandate.template.TemplateFault;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code remit template …}. */
@Command(name = "template", description = "mandates with slots, for tasks of one kind")
final class TemplateCommands {
    @Mixin private Where where = new Where();

    @Command(name = "list", description = "show all templates, and how their slots are filled")
    int list(@Mixin Shown shown) {
        Value all = where.operator().act("templates/list", Value.Fields.EMPTY);
        shown.show(all, out -> lines(out, all));
        return Exit.DONE;
    }

    private static void lines(PrintStream out, Value all) {
        if (all instanceof Value.Items(List<Value> templates)) {
            if (templates.isEmpty()) {
                out.println(
                        "there are none; they stand in the folder `templates` of the data folder");
            }
            templates.forEach(one -> line(out, (Value.Fields) one));
        }
    }

    private static void line(PrintStream out, Value.Fields template) {
        String name = template.text("name").orElse("");
        out.println(
                name
                        + "  "
                        + Shown.plain(
                                template.text("fault").or(() -> template.text("task")).orElse("")));
        for (Map.Entry<String, Value> slot :
                template.fields("fill").orElse(Value.Fields.EMPTY).values().entrySet()) {
            out.println(
                    "  --set "
                            + slot.getKey()
                            + "=…  "
                            + (slot.getValue() instanceof Value.Text(String said)
                                    ? Quotation.of(said)
                                    : ""));
        }
    }

    @Command(name = "show", description = "show one template as its file would have it")
    int show(@Parameters(paramLabel = "NAME") String name, @Mixin Shown shown) {
        Value.Fields template =
                (Value.Fields)
                        where.operator()
                                .act(
                                        "templates/show",
                                        Value.object().put("template", name).build());
        shown.show(
                template,
                out -> {
                    out.println("# " + name + "  " + template.text("digest").orElse(""));
                    template.text("yaml").ifPresent(out::print);
                });
        return Exit.DONE;
    }

    @Command(
            name = "check",
            description = "read templates as the gateway would, and say what is wrong with them")
    int check(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..*",
                            description = "all of the data folder's, if none is named")
                    List<Path> files) {
        List<Path> all = files.isEmpty() ? TemplateFolder.of(where.data()).files() : files;
        boolean good = true;
        for (Path file : all) {
            try {
                Template template = TemplateFolder.read(file);
                System.out.println("good       " + Shown.plain(template.name()));
            } catch (TemplateFault fault) {
                System.out.println("fault      " + Shown.plain(fault.message()));
                good = false;
            }
        }
        return good ? Exit.DONE : Exit.FOUND_WRONG;
    }
}
