package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The organisation under {@code /admin/v1}, in the shipped WAR. */
class AdministrationIT {
    private static final String KEYS = "/admin/v1/keys";
    private static final String TEAMS = "/admin/v1/teams";

    private static Office office;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        office = new Office("administration");
    }

    @AfterAll
    static void stop() {
        office.close();
    }

    private static Http.Reply key(String json) {
        return office.admin("POST", KEYS, json);
    }

    private static String id(Http.Reply reply) {
        return reply.json().path("id").asText();
    }

    @Test
    void a_key_is_made_with_the_team_and_project_that_it_names() {
        Http.Reply made = key("{'name':'ci','team':'Research & Development','project':'chat','models':['demo','gpt-*'],"
                + "'expires':'2099-01-01T00:00:00Z','limits':{'requests-per-minute':60,'tokens-per-minute':1000,"
                + "'in-flight':2},'budget':{'amount':12.5,'currency':'EUR','period':'month'}}");

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        JsonNode key = made.json();
        assertThat(key.path("key").asText())
                .matches("sk-db-[0-9A-Za-z]{43}")
                .startsWith(key.path("prefix").asText());
        assertThat(key.path("prefix").asText()).hasSize(12);
        assertThat(key.at("/limits/in-flight").asInt()).isEqualTo(2);
        assertThat(key.at("/budget/amount").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(key.at("/budget/soft-percent").asInt()).isEqualTo(80);
        assertThat(made.header("location")).endsWith(KEYS + "/" + id(made));
        assertThat(made.header("etag")).isEqualTo("\"1\"");
        Http.Reply team = office.admin("GET", TEAMS + "/" + key.path("team").asText(), "");
        assertThat(team.status()).isEqualTo(200);
        assertThat(office.admin("GET", "/admin/v1/projects/chat", "").json().path("team"))
                .isEqualTo(key.path("team"));
    }

    @Test
    void a_key_is_shown_once_and_is_gone_when_it_is_deleted() {
        Http.Reply made = key("{'name':'once'}");
        String path = KEYS + "/" + id(made);

        Http.Reply seen = office.admin("GET", path, "");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.json().has("key")).isFalse();
        assertThat(seen.body())
                .contains(made.json().path("prefix").asText())
                .doesNotContain(made.json().path("key").asText())
                .doesNotContain("hash", "secret");
        Http.Reply deleted = office.admin("DELETE", path, "");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(office.admin("GET", path, "").status()).isEqualTo(404);
        assertThat(office.admin("DELETE", path, "").status()).isEqualTo(404);
    }

    @Test
    void a_rotated_key_is_the_same_entry_with_another_secret() {
        Http.Reply made = key("{'name':'turned'}");

        Http.Reply rotated = office.admin("POST", KEYS + "/" + id(made) + "/rotate", "{'overlap':'PT1H'}");

        assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
        assertThat(id(rotated)).isEqualTo(id(made));
        assertThat(rotated.json().path("key").asText())
                .isNotEqualTo(made.json().path("key").asText());
        assertThat(rotated.json().at("/former/0/prefix")).isEqualTo(made.json().path("prefix"));
        assertThat(office.admin("POST", KEYS + "/" + id(made) + "/rotate", "{'overlap':'soon'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_change_thought_out_for_an_older_version_is_refused() {
        Http.Reply made = office.admin("POST", TEAMS, "{'name':'versions'}");
        String tag = made.header("etag");
        String path = TEAMS + "/" + id(made);

        Http.Reply changed = Office.send(
                office.request(path, Office.ADMIN_KEY).header("If-Match", tag), "PATCH", "{'models':['a']}");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.header("etag")).isEqualTo("\"2\"");
        Http.Reply late = Office.send(
                office.request(path, Office.ADMIN_KEY).header("If-Match", tag), "PATCH", "{'models':['b']}");
        assertThat(late.status()).isEqualTo(412);
        assertThat(Office.send(office.request(path, Office.ADMIN_KEY).header("If-Match", tag), "DELETE", "")
                        .status())
                .isEqualTo(412);
        assertThat(office.admin("GET", path, "").json().at("/models/0").asText())
                .isEqualTo("a");
        assertThat(office.admin("PATCH", path, "{'models':null}").json().path("models"))
                .isEmpty();
    }

    @Test
    void a_creation_that_is_sent_again_is_done_once() {
        Http.Reply first = repeated("{'name':'again'}");
        Http.Reply second = repeated("{'name':'again'}");

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("location")).isEqualTo(first.header("location"));
        assertThat(repeated("{'name':'other'}").status()).isEqualTo(409);
    }

    private static Http.Reply repeated(String json) {
        return Office.send(office.request(KEYS, Office.ADMIN_KEY).header("Idempotency-Key", "order-66"), "POST", json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys | {} | name",
                "keys | {'nmae':'x'} | nmae",
                "keys | {'name':'x','limits':{'request-per-minute':1}} | limits",
                "keys | {'name':'x','limits':{'requests-per-minute':0}} | limits.requests-per-minute",
                "keys | {'name':'x','budget':{'amount':1,'currency':'EUR','period':'moon'}} | budget.period",
                "keys | {'name':'x','budget':{'amount':1,'currency':'ERU','period':'month'}} | budget.currency",
                "keys | {'name':'x','budget':{'amount':-1,'currency':'EUR','period':'month'}} | budget",
                "keys | {'name':'x','user':'nobody'} | user",
                "keys | {'name':'x','secret':{'prefix':'a','hash':'b'}} | secret",
                "projects | {'name':'x','team':'nowhere'} | team",
                "users | {'name':'x','teams':['nowhere']} | teams",
                "budgets | {'amount':1,'currency':'EUR','period':'month'} | scope",
                "limits | {'scope':{'level':'all'},'limits':{}} | limits",
                "limits | {'scope':{'level':'team','id':'nowhere'},'limits':{'in-flight':1}} | scope.id",
            })
    void what_makes_no_sense_is_refused_at_its_field(String kind, String json, String field) {
        Http.Reply reply = office.admin("POST", "/admin/v1/" + kind, json);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.json().path("field").asText()).as(reply.body()).isEqualTo(field);
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:drawbridge:invalid-request");
        assertThat(reply.json().path("status").asInt()).isEqualTo(400);
    }

    @Test
    void lists_come_in_pages() {
        for (int i = 0; i < 5; i++) {
            office.admin("POST", TEAMS, "{'name':'page-" + i + "'}");
        }
        List<String> ids = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = office.admin("GET", TEAMS + "?limit=2" + after, "").json();
            assertThat(page.path("data").size()).isLessThanOrEqualTo(2);
            page.path("data").forEach(team -> ids.add(team.path("id").asText()));
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());

        assertThat(ids)
                .contains("page-0", "page-1", "page-2", "page-3", "page-4")
                .doesNotHaveDuplicates();
        assertThat(office.admin("GET", TEAMS + "?limit=0", "")
                        .json()
                        .path("field")
                        .asText())
                .isEqualTo("limit");
    }

    @Test
    void what_is_answered_is_what_is_described() {
        JsonNode schemas =
                Http.get(office.server().url("/openapi?format=json")).json().at("/components/schemas");
        JsonNode key = key("{'name':'described','team':'words','role':'user','expires':'2099-01-01T00:00:00Z',"
                        + "'budget':{'amount':1,'currency':'EUR','period':'day'}}")
                .json();
        JsonNode team = office.admin("GET", TEAMS + "/words", "").json();

        assertThat(key.properties()).extracting(Map.Entry::getKey).allMatch(schemas.at("/Key/properties")::has);
        assertThat(team.properties()).extracting(Map.Entry::getKey).allMatch(schemas.at("/Team/properties")::has);
        assertThat(key.path("budget").properties())
                .extracting(Map.Entry::getKey)
                .allMatch(schemas.at("/Key/properties/budget/properties")::has);
    }

    private static Http.Reply as(String credential, String method, String path, String json) {
        return Office.send(office.request(path, credential), method, json);
    }

    @Test
    void a_team_that_is_in_use_stays() {
        key("{'name':'held','team':'kept'}");
        office.admin("POST", "/admin/v1/users", "{'name':'the-last','team':'kept'}");

        Http.Reply reply = office.admin("DELETE", TEAMS + "/kept", "");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("detail").asText()).contains("1 user (the-last), 1 key (");
    }

    @Test
    void with_an_entry_go_the_rules_for_it() {
        String key = id(key("{'name':'ruled'}"));
        String limit = id(office.admin(
                "POST",
                "/admin/v1/limits",
                "{'scope':{'level':'key','id':'" + key + "'},'limits':{'requests-per-minute':5}}"));

        assertThat(office.admin("DELETE", KEYS + "/" + key, "").status()).isEqualTo(204);
        assertThat(office.admin("GET", "/admin/v1/limits/" + limit, "").status())
                .isEqualTo(404);
    }

    @Test
    void every_change_is_in_the_audit_and_no_secret() {
        Http.Reply made = key("{'name':'watched'}");
        office.admin("PATCH", KEYS + "/" + id(made), "{'models':['demo']}");

        JsonNode changes = office.admin("GET", "/admin/v1/audit?kind=key&id=" + id(made), "")
                .json()
                .path("data");

        assertThat(changes).extracting(change -> change.path("action").asText()).containsExactly("replace", "create");
        assertThat(changes.path(0).path("actor").asText()).isEqualTo("admin");
        assertThat(changes.path(0).path("from").asText()).isEqualTo("127.0.0.1");
        assertThat(changes.path(0).at("/after/models/0").asText()).isEqualTo("demo");
        assertThat(changes.path(0).at("/before/models")).isEmpty();
        Http.Reply export = office.admin("GET", "/admin/v1/audit/export", "");
        assertThat(export.header("content-type")).startsWith("application/x-ndjson");
        assertThat(export.body()
                        .lines()
                        .map(Http::json)
                        .map(line -> line.path("id").asText()))
                .contains(id(made));
        assertThat(export.body()).doesNotContain(made.json().path("key").asText());
        JsonNode verified = office.admin("GET", "/admin/v1/audit/verify", "").json();
        assertThat(verified.path("good").asBoolean()).isTrue();
        assertThat(verified.path("entries").asLong()).isPositive();
        assertThat(verified.path("head").asText()).hasSize(64);
    }

    @Test
    void a_backup_is_a_file_of_the_data_folder_and_stands_in_the_audit() {
        Http.Reply made = office.admin("POST", "/admin/v1/backup", "");

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(Path.of(
                        "target/it/administration/data",
                        made.json().path("file").asText()))
                .hasSize(made.json().path("bytes").asLong());
        assertThat(office.admin("GET", "/admin/v1/audit?kind=database", "")
                        .json()
                        .at("/data/0/after"))
                .isEqualTo(made.json());
    }

    @Test
    void whoever_calls_may_know_who_he_is() {
        JsonNode me =
                as(office.token("user", "alpha"), "GET", "/admin/v1/me", "").json();

        assertThat(me.path("name").asText()).isNotEmpty();
        assertThat(me.at("/roles/0").asText()).isEqualTo("user");
        assertThat(me.at("/teams/0").asText()).isEqualTo("alpha");
        assertThat(me.path("kind").asText()).isEqualTo("token");
        assertThat(office.admin("GET", "/admin/v1/me", "").json().path("kind").asText())
                .isEqualTo("admin-key");
    }

    @Test
    void what_is_configured_can_be_seen() {
        assertThat(office.admin("GET", "/admin/v1/models", "").json().path("data"))
                .extracting(model -> model.path("id").asText())
                .contains("demo");
        assertThat(office.admin("GET", "/admin/v1/upstreams", "").json().path("data"))
                .extracting(upstream -> upstream.path("kind").asText())
                .contains("demo");
    }
}
