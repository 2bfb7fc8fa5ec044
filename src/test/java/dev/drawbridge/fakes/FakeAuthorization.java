package dev.drawbridge.fakes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.FakeUpstream.Call;
import dev.drawbridge.inference.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The half of a {@link FakeIdentityProvider} that browsers see, as strict as RFC 6749, 7636 and 9700 are: a public client
 * with registered addresses and one origin, codes and refresh tokens that count once. Anna is signed in there already.
 */
public final class FakeAuthorization {
    public static final String CLIENT = "drawbridge-web";

    private static final String BASE = "/realms/corp/protocol/openid-connect/";

    private final FakeIdentityProvider provider;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final Map<String, String> answerInstead = new ConcurrentHashMap<>();
    private volatile String pages = "";
    private volatile int life = 300;
    private final AtomicInteger issued = new AtomicInteger();

    FakeAuthorization(FakeIdentityProvider provider) {
        this.provider = provider;
        comeBack();
    }

    /** The client's pages: {@code callback.html} below this address, the address itself after signing out. */
    public void register(String address) {
        pages = address;
    }

    /** Seconds that the tokens are good for, from now on. */
    public void life(int seconds) {
        life = seconds;
    }

    /** Puts this into the next answers at the callback, in place of what belongs there; claims of the ID token: {@code nonce}. */
    public void answer(String name, String value) {
        answerInstead.put(name, value);
    }

    /** Answers, and lives, as at first. */
    public void behave() {
        answerInstead.clear();
        refusals.clear();
        life = 300;
        comeBack();
    }

    /** Why tokens were refused. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Refresh tokens that were given out are good for nothing from now on. */
    public void forgetPeople() {
        refreshTokens.clear();
    }

    /** How many sets of tokens it has given out. */
    public int issued() {
        return issued.get();
    }

    /** What the token endpoint answers to this, whoever asks. */
    public void goAway() {
        provider.server().on(BASE + "token", (call, answer) -> answer.cut());
    }

    void comeBack() {
        provider.server()
                .on(BASE + "auth", (call, answer) -> redirect(answer, call, this::authorised))
                .on(BASE + "token", this::token)
                .on(BASE + "logout", (call, answer) -> redirect(answer, call, this::loggedOut));
    }

    void describe(ObjectNode discovery) {
        String base = provider.server().url() + BASE;
        discovery
                .put("authorization_endpoint", base + "auth")
                .put("token_endpoint", base + "token")
                .put("end_session_endpoint", base + "logout");
    }

    private String authorised(Map<String, String> asked) {
        require(asked, "response_type", "code");
        require(asked, "client_id", CLIENT);
        require(asked, "redirect_uri", pages + "callback.html");
        require(asked, "code_challenge_method", "S256");
        String code = "code-" + codes.size() + "-" + System.nanoTime();
        codes.put(code, asked);
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("code", code);
        answer.put("state", asked.getOrDefault("state", ""));
        answer.put("iss", provider.issuer());
        answer.putAll(answerInstead);
        answer.remove("nonce");
        answer.values().removeIf(String::isEmpty);
        return pages + "callback.html?" + form(answer);
    }

    private void token(Call call, Answer answer) throws IOException {
        Map<String, String> headers = Map.of(
                "Content-Type", "application/json", "Access-Control-Allow-Origin", origin(pages), "Vary", "Origin");
        try {
            ObjectNode tokens = tokens(parameters(call.body()));
            answer.whole(200, headers, tokens.toString());
        } catch (IllegalArgumentException e) {
            refusals.add(String.valueOf(e.getMessage()));
            ObjectNode refusal = Json.object().put("error", "invalid_grant").put("error_description", e.getMessage());
            answer.whole(400, headers, refusal.toString());
        }
    }

    private ObjectNode tokens(Map<String, String> asked) {
        require(asked, "client_id", CLIENT);
        if ("refresh_token".equals(asked.get("grant_type"))) {
            if (!refreshTokens.remove(asked.getOrDefault("refresh_token", ""))) {
                throw new IllegalArgumentException("the refresh token is not good any more");
            }
            return tokens("").without(List.of("id_token"));
        }
        require(asked, "grant_type", "authorization_code");
        Map<String, String> begun = codes.remove(asked.getOrDefault("code", ""));
        if (begun == null) {
            throw new IllegalArgumentException("the code is not good any more");
        }
        require(asked, "redirect_uri", begun.getOrDefault("redirect_uri", ""));
        require(begun, "code_challenge", challenge(asked.getOrDefault("code_verifier", "")));
        return tokens(answerInstead.getOrDefault("nonce", begun.getOrDefault("nonce", "")));
    }

    private ObjectNode tokens(String nonce) {
        int number = issued.incrementAndGet();
        String refreshToken = "refresh-" + number + "-" + System.nanoTime();
        refreshTokens.add(refreshToken);
        ObjectNode access = provider.claims().put("azp", CLIENT).put("jti", "token-" + number);
        ObjectNode id = provider.claims().put("aud", CLIENT).put("nonce", nonce).put("name", "Anna Beispiel Ω");
        return Json.object()
                .put("token_type", "Bearer")
                .put("access_token", provider.key().token(access))
                .put("id_token", provider.key().token(id))
                .put("refresh_token", refreshToken)
                .put("expires_in", life);
    }

    private String loggedOut(Map<String, String> asked) {
        require(asked, "client_id", CLIENT);
        require(asked, "post_logout_redirect_uri", pages);
        if (asked.getOrDefault("id_token_hint", "").isEmpty()) {
            throw new IllegalArgumentException("there is no id_token_hint");
        }
        forgetPeople();
        return pages;
    }

    private static void require(Map<String, String> asked, String name, String value) {
        if (!value.equals(asked.get(name))) {
            throw new IllegalArgumentException(name + " is wrong");
        }
    }

    /** To where that leads; mistakes are told on a page, since an address that is not registered must not learn of them. */
    private void redirect(Answer answer, Call call, UnaryWay way) throws IOException {
        try {
            answer.whole(302, Map.of("Location", way.to(parameters(query(call)))), "");
        } catch (IllegalArgumentException e) {
            refusals.add(String.valueOf(e.getMessage()));
            answer.whole(400, "text/plain", "refused");
        }
    }

    private interface UnaryWay {
        String to(Map<String, String> asked);
    }

    private static String challenge(String verifier) {
        try {
            return SigningKey.encode(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String origin(String address) {
        URI uri = URI.create(address);
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static String query(Call call) {
        return call.path().replaceFirst("[^?]*\\??", "");
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String one : form.split("&", -1)) {
            String[] parts = one.split("=", 2);
            if (parts.length == 2 && all.put(decoded(parts[0]), decoded(parts[1])) != null) {
                throw new IllegalArgumentException(parts[0] + " is there twice");
            }
        }
        return all;
    }

    private static String form(Map<String, String> all) {
        StringBuilder form = new StringBuilder();
        all.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
