package dev.drawbridge.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The entry point of {@code bin/drawbridge}. Exit codes: 0 done, 1 failed, 2 not understood. */
public final class Main {
    private static final List<String> OPTIONS = List.of(
            "url", "key", "model", "prompt", "provider-model", "name", "team", "project", "user", "models", "expires");
    private static final String USAGE = """
            drawbridge COMMAND [--url URL] [--key KEY]

              run --model M --prompt P    ask a model and print its answer as it comes
              models                      list the models
              pull MODEL                  bring a model to the Ollama upstream
              use MODEL [--provider-model PROVIDER/MODEL]
                                          switch to a configured model, or add one
              health                      ask whether the gateway answers
              diagnose                    ask each upstream whether it is well
              keys list [--team T]        list the gateway's own keys
              keys create --name N [--team T] [--project P] [--user ID] [--models GLOB,…] [--expires TIME]
                                          make a key, and print it: it is never shown again
              keys revoke ID              end a key
              backup                      copy the gateway's own database, while it works
              audit verify                check that nobody has changed what is known of changes

            The gateway is at --url, DRAWBRIDGE_URL or http://localhost:8080; the key is --key or DRAWBRIDGE_KEY.
            """;

    private Main() {}

    public static void main(String[] line) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Runtime.getRuntime().exit(run(List.of(line), System.getenv(), out, err));
    }

    static int run(List<String> line, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            Arguments arguments = Arguments.of(line, OPTIONS);
            String url =
                    arguments.option("url").orElse(environment.getOrDefault("DRAWBRIDGE_URL", "http://localhost:8080"));
            String key = arguments.option("key").orElse(environment.getOrDefault("DRAWBRIDGE_KEY", ""));
            dispatch(arguments, new Gateway(url, key), out);
            return 0;
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return 2;
        } catch (IOException e) {
            err.println("drawbridge: " + (e.getMessage() == null ? "the gateway cannot be reached" : e.getMessage()));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void dispatch(Arguments arguments, Gateway gateway, PrintStream out)
            throws IOException, InterruptedException {
        Commands commands = new Commands(gateway, out);
        switch (arguments.command()) {
            case "run" -> commands.run(arguments.needed("model"), prompt(arguments));
            case "models" -> commands.models();
            case "pull" -> commands.pull(arguments.needed("model"));
            case "use" -> commands.use(arguments.needed("model"), arguments.option("provider-model"));
            case "health" -> commands.health();
            case "diagnose" -> commands.diagnose();
            case "keys", "audit", "backup" -> new Administration(gateway, out).run(arguments);
            case "" -> throw new UsageException("Which command?");
            default -> throw new UsageException("no command " + arguments.command());
        }
    }

    private static String prompt(Arguments arguments) {
        return arguments.option("prompt").orElseThrow(() -> new UsageException("run needs --prompt"));
    }
}
