package dev.remit.office;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.remit.call.Value;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** The office's mail: a tool that sends over SMTP, and the SMTP server that takes it. */
final class Mail {
    private static final String LOOPBACK = "127.0.0.1";

    private Mail() {}

    static OfficeTool sending(int port) {
        return new OfficeTool(
                "send_mail",
                "Send a mail",
                Map.of(
                        "to",
                        "addresses, separated by commas",
                        "subject",
                        "the subject",
                        "text",
                        "the text"),
                false,
                asked -> {
                    send(port, asked);
                    return Value.object().put("sent", asked.get("to").orElseThrow()).build();
                });
    }

    private static void send(int port, Value.Fields mail) {
        Properties settings = new Properties();
        settings.setProperty("mail.smtp.host", LOOPBACK);
        settings.setProperty("mail.smtp.port", Integer.toString(port));
        try {
            MimeMessage message = new MimeMessage(Session.getInstance(settings));
            message.setFrom(new InternetAddress("office@office.example"));
            message.setRecipients(Message.RecipientType.TO, mail.text("to").orElseThrow());
            message.setSubject(mail.text("subject").orElseThrow());
            message.setText(mail.text("text").orElseThrow());
            Transport.send(message);
        } catch (MessagingException e) {
            throw new IllegalArgumentException("the mail was not sent: " + e.getMessage(), e);
        }
    }

    /** Takes mail until its standard input closes, and keeps each message in a file. */
    static void receive(int port, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        GreenMail server =
                new GreenMail(new ServerSetup(port, LOOPBACK, ServerSetup.PROTOCOL_SMTP));
        server.start();
        System.out.println("ready");
        int kept = 0;
        Thread end = Thread.ofVirtual().start(Mail::untilInputEnds);
        while (end.isAlive()) {
            MimeMessage[] received = server.getReceivedMessages();
            for (; kept < received.length; kept++) {
                keep(received[kept], folder.resolve(kept + ".eml"));
            }
            end.join(Duration.ofMillis(50));
        }
        server.stop();
    }

    private static void untilInputEnds() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keep(MimeMessage message, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            message.writeTo(out);
        } catch (MessagingException e) {
            throw new IOException("a mail could not be kept", e);
        }
    }
}
