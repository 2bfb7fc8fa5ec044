package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Operations;
import dev.drawbridge.governance.directory.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each role gets from each operation of the administration. */
class RoleMatrixIT {
    private static final Path TABLE = Path.of("src/test/resources/roles.txt");
    private static final String KEYS = "/admin/v1/keys";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static Office office;
    private static List<String> credentials;
    private static String project;

    /** One line of the table. */
    record Row(String method, String path, List<Integer> statuses) {
        static Row of(String line) {
            List<String> words = List.of(line.split(" +"));
            return new Row(
                    words.get(0),
                    words.get(1),
                    words.stream().skip(2).map(Integer::valueOf).toList());
        }

        /** Such as {@code teams}. */
        String kind() {
            return path.split("/", -1)[3];
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Row::of)
                .toList();
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        office = new Office("roles");
        credentials = List.of(
                "",
                office.token("user", "alpha"),
                office.token("team-lead", "alpha"),
                office.token("team-lead", "beta"),
                office.token("auditor", ""),
                Office.ADMIN_KEY);
        make("teams", "{'name':'alpha'}");
        make("teams", "{'name':'beta'}");
        project = make("projects", "{'name':'common','team':'alpha'}");
    }

    @AfterAll
    static void stop() {
        office.close();
    }

    private static String make(String kind, String json) {
        Http.Reply reply = office.admin("POST", "/admin/v1/" + kind, json);
        // Whoever came with a token may have been entered already, and the team with them.
        assertThat(reply.status()).as(reply.body()).isIn(201, 409);
        return reply.json().path("id").asText();
    }

    @Test
    void every_operation_is_in_the_table() throws IOException {
        assertThat(rows())
                .extracting(Row::toString)
                .containsExactlyInAnyOrderElementsOf(Operations.all().stream()
                        .filter(operation -> operation.path().startsWith("/admin/v1/"))
                        .map(operation -> operation.method() + " " + operation.path())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_role_gets_what_the_table_says(Row row) {
        for (int role = 0; role < credentials.size(); role++) {
            String path = row.path().contains("{id}")
                    ? row.path().replace("{id}", subject(row))
                    : row.path().replace("{month}", "2000-02").replace("{name}", "nobody");
            String body = row.method().equals("GET") || row.method().equals("DELETE") ? "" : body(row);
            Http.Reply reply = Office.send(office.request(path, credentials.get(role)), row.method(), body);

            assertThat(reply.status())
                    .as(row + " in column " + role + ": " + reply.body())
                    .isEqualTo(row.statuses().get(role));
        }
    }

    /** An entry of the team alpha. */
    private static String subject(Row row) {
        boolean team = row.kind().equals("teams") && !row.method().equals("DELETE");
        return team ? "alpha" : make(row.kind(), creation(row.kind()));
    }

    private static String body(Row row) {
        return switch (row.method()) {
            case "PATCH" ->
                switch (row.kind()) {
                    case "budgets", "limits" -> "{'name':'other'}";
                    case "prices" -> "{'currency':'USD'}";
                    case "rates" -> "{'rate':2}";
                    default -> "{'labels':{'a':'b'}}";
                };
            default -> row.path().endsWith("/rotate") ? "{}" : creation(row.kind());
        };
    }

    private static String creation(String kind) {
        String name = "n" + COUNT.incrementAndGet();
        return switch (kind) {
            case "teams" -> "{'name':'" + name + "'}";
            case "projects", "keys" -> "{'name':'" + name + "','team':'alpha'}";
            case "users" -> "{'name':'" + name + "','teams':['alpha']}";
            case "budgets" ->
                "{'scope':{'level':'project','id':'" + project + "'},'amount':5,'currency':'EUR','period':'month'}";
            case "limits" -> "{'scope':{'level':'project','id':'" + project + "'},'limits':{'requests-per-minute':5}}";
            case "prices" -> "{'model':'" + name + "','currency':'EUR','prices':{'input':1,'output':2}}";
            case "rates" -> "{'from':'USD','to':'EUR','rate':0.9}";
            case "periods" -> "{'month':'2000-01'}";
            case "reconciliation" ->
                "{'upstream':'lab','currency':'EUR','lines':[{'day':'2000-01-01','model':'m','amount':1}]}";
            default -> "{}";
        };
    }

    @Test
    void a_lead_cannot_reach_beyond_the_own_team() {
        office.admin("POST", "/admin/v1/teams", "{'name':'north'}");
        office.admin("POST", "/admin/v1/teams", "{'name':'south'}");
        office.admin("POST", "/admin/v1/projects", "{'name':'southern','team':'south'}");
        String lead = office.token("team-lead", "north");
        String own = id(as(lead, "POST", KEYS, "{'name':'mine','team':'north'}"));

        assertThat(as(lead, "POST", KEYS, "{'name':'x','team':'south'}").status())
                .isEqualTo(403);
        assertThat(as(lead, "POST", KEYS, "{'name':'x'}").status()).isEqualTo(403);
        assertThat(as(lead, "POST", KEYS, "{'name':'x','team':'north','role':'admin'}")
                        .status())
                .isEqualTo(403);
        assertThat(as(lead, "POST", KEYS, "{'name':'x','team':'north','project':'southern'}")
                        .status())
                .isEqualTo(403);
        assertThat(as(lead, "PATCH", KEYS + "/" + own, "{'team':'south'}").status())
                .isEqualTo(403);
        assertThat(as(lead, "PATCH", KEYS + "/" + own, "{'role':'auditor'}").status())
                .isEqualTo(403);
        assertThat(as(
                                lead,
                                "POST",
                                "/admin/v1/limits",
                                "{'scope':{'level':'team','id':'north'},'limits':{'in-flight':9}}")
                        .status())
                .isEqualTo(403);
        assertThat(as(lead, "GET", KEYS, "").json().path("data"))
                .allSatisfy(key -> assertThat(key.path("team").asText()).isEqualTo("north"));
    }

    @Test
    void a_lead_cannot_take_an_administrators_key_of_the_own_team() {
        String strong = id(office.admin("POST", KEYS, "{'name':'strong','team':'east','role':'admin'}"));
        String lead = office.token("team-lead", "east");

        assertThat(as(lead, "GET", KEYS + "/" + strong, "").status()).isEqualTo(200);
        assertThat(as(lead, "POST", KEYS + "/" + strong + "/rotate", "{}").status())
                .isEqualTo(403);
        assertThat(as(lead, "PATCH", KEYS + "/" + strong, "{'role':null}").status())
                .isEqualTo(403);
        assertThat(as(lead, "DELETE", KEYS + "/" + strong, "").status()).isEqualTo(403);
    }

    @Test
    void who_is_in_several_teams_is_changed_by_nobody_who_leads_one_of_them() {
        office.admin("POST", "/admin/v1/teams", "{'name':'left'}");
        office.admin("POST", "/admin/v1/teams", "{'name':'right'}");
        String shared = id(office.admin("POST", "/admin/v1/users", "{'name':'both','teams':['left','right']}"));
        String own = id(office.admin("POST", "/admin/v1/users", "{'name':'one','teams':['left']}"));
        String lead = office.token("team-lead", "left");

        assertThat(as(lead, "GET", "/admin/v1/users/" + shared, "").status()).isEqualTo(200);
        assertThat(as(lead, "PATCH", "/admin/v1/users/" + own, "{'email':'a@b.example'}")
                        .status())
                .isEqualTo(200);
        for (String change : List.of("{'teams':['left'],'blocked':true}", "{'teams':['left']}", "{'email':'x'}")) {
            Http.Reply reply = as(lead, "PATCH", "/admin/v1/users/" + shared, change);
            assertThat(reply.status()).as(change).isEqualTo(403);
            assertThat(reply.json().path("detail").asText()).contains("not of your teams alone");
        }
        String moved = "{'scope':{'level':'user','id':'" + own + "'}}";
        String limit = "{'scope':{'level':'user','id':'" + shared + "'},'limits':{'in-flight':1}}";
        String limits = "/admin/v1/limits/" + id(office.admin("POST", "/admin/v1/limits", limit));
        assertThat(as(lead, "PATCH", limits, moved).status()).isEqualTo(403);
        String budget = "{'scope':{'level':'user','id':'" + shared + "'},'amount':1,'currency':'EUR','period':'month'}";
        String budgets = "/admin/v1/budgets/" + id(office.admin("POST", "/admin/v1/budgets", budget));
        assertThat(as(lead, "PATCH", budgets, moved).status()).isEqualTo(403);
        assertThat(office.admin("PATCH", budgets, moved).status()).isEqualTo(200);
        assertThat(as(lead, "DELETE", budgets, "").status()).isEqualTo(204);
    }

    @Test
    void nobody_is_entered_in_advance_as_somebody_who_comes_with_a_token() {
        String lead = office.token("team-lead", "west");
        office.admin("POST", "/admin/v1/teams", "{'name':'west'}");
        String id = Ids.user("https://id.example#newcomer");

        for (String user : List.of(
                "{'id':'" + id + "','name':'x','teams':['west'],'blocked':true}",
                "{'name':'" + id + "','teams':['west'],'blocked':true}")) {
            for (Http.Reply reply :
                    List.of(as(lead, "POST", "/admin/v1/users", user), office.admin("POST", "/admin/v1/users", user))) {
                assertThat(reply.status()).as(reply.body()).isEqualTo(400);
                assertThat(reply.json().path("field").asText()).isEqualTo("id");
            }
        }
        String subject = "{'name':'x','subject':'https://id.example#newcomer'}";
        assertThat(as(lead, "POST", "/admin/v1/users", subject.replace("}", ",'teams':['west']}"))
                        .status())
                .isEqualTo(403);
        assertThat(id(office.admin("POST", "/admin/v1/users", subject))).isEqualTo(id);
        Http.Reply other = office.admin("PATCH", "/admin/v1/users/" + id, "{'subject':'https://id.example#other'}");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.json().path("field").asText()).isEqualTo("subject");
    }

    private static Http.Reply as(String credential, String method, String path, String json) {
        return Office.send(office.request(path, credential), method, json);
    }

    private static String id(Http.Reply reply) {
        return reply.json().path("id").asText();
    }
}
