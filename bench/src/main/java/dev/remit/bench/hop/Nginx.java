package dev.remit.bench.hop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An nginx of our own: a private folder, a high port, nothing of the system's. */
final class Nginx {
    private Nginx() {}

    /** Starts it in front of the upstream; {@code /mcp/docs} there is {@code /mcp} here. */
    static Process start(Path folder, int port, int upstream, Path log)
            throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("tmp"));
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        Path file = folder.resolve("nginx.conf");
        Files.writeString(
                file,
                """
                %s
                worker_processes 2;
                daemon off;
                pid nginx.pid;
                error_log stderr warn;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  client_body_temp_path tmp/body;
                  proxy_temp_path tmp/proxy;
                  fastcgi_temp_path tmp/fastcgi;
                  uwsgi_temp_path tmp/uwsgi;
                  scgi_temp_path tmp/scgi;
                  keepalive_requests 1000000000;
                  upstream echo { server 127.0.0.1:%d; keepalive 64; keepalive_requests 1000000000; }
                  server {
                    listen 127.0.0.1:%d;
                    location /mcp/docs {
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_pass http://echo/mcp;
                    }
                  }
                }
                """
                        .formatted(user, upstream, port));
        Process process =
                Processes.start(
                        List.of("nginx", "-p", folder.toString(), "-c", file.toString()), log);
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return process;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        process.destroy();
        throw new IOException("nginx did not start; see " + log);
    }
}
