package dev.drawbridge.adaptation;

import static dev.drawbridge.fakes.Lab.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageUrlsInTextTest {

    /** A text, the words that stay, and the addresses that were found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Que vois-tu sur cette image ? https://example.com/image.jpg"
                        + "|Que vois-tu sur cette image ?|https://example.com/image.jpg",
                "https://example.com/image.jpg What is this?|What is this?|https://example.com/image.jpg",
                "https://example.com/image.jpg|''|https://example.com/image.jpg",
                "Compare https://a.example/1.png with https://b.example/2.gif please"
                        + "|Compare with please|https://a.example/1.png https://b.example/2.gif",
                "See https://h/a.webp?size=large&v=2 now|See now|https://h/a.webp?size=large&v=2",
                "Look at https://h/a.jpeg.|Look at.|https://h/a.jpeg",
                "Look (https://h/a.png), then answer|Look (), then answer|https://h/a.png",
                "Is it https://h/a.png; or https://h/b.png!|Is it; or!|https://h/a.png https://h/b.png",
                "Plain http://h:8080/deep/path/a.jpg too|Plain too|http://h:8080/deep/path/a.jpg",
                "HTTPS://H/A.JPG|''|HTTPS://H/A.JPG",
                "<https://h/a.png>|<>|https://h/a.png",
                "https://h/photo.jpg-viewer/a.png|''|https://h/photo.jpg-viewer/a.png"
            })
    void addresses_become_images_and_the_words_stay(String text, String words, String urls) {
        Adapted adapted = Adapted.messages("'image-urls-in-text'", user(text));
        JsonNode parts = adapted.json().at("/0/content");

        assertThat(texts(parts)).isEqualTo(words.isEmpty() ? List.of() : List.of(words));
        assertThat(images(parts)).containsExactly(urls.split(" ", -1));
        assertThat(adapted.report()).containsExactly("image_url=" + urls.split(" ", -1).length + "(from text)");
    }

    @Test
    void line_breaks_between_the_words_stay() {
        JsonNode parts = Adapted.messages("'image-urls-in-text'", user("First line\\nhttps://h/a.png\\nlast line"))
                .json()
                .at("/0/content");

        assertThat(texts(parts)).containsExactly("First line\n\nlast line");
    }

    @Test
    void the_parts_have_openais_form() {
        assertThat(Adapted.messages("'image-urls-in-text'", user("See https://h/a.png"))
                        .json())
                .isEqualTo(json("""
                [{'role': 'user', 'content': [{'type': 'text', 'text': 'See'},
                  {'type': 'image_url', 'image_url': {'url': 'https://h/a.png'}}]}]"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nothing to see",
                "https://example.com/page",
                "https://example.com/page.html",
                "image.jpg",
                "ftp://h/a.png",
                "https://h/a.pngx",
                "a .png https://h/ b",
                "https://.png/"
            })
    void other_texts_stay(String text) {
        Adapted adapted = Adapted.messages("'image-urls-in-text'", user(text));

        assertThat(adapted.json()).isEqualTo(json(user(text)));
        assertThat(adapted.report()).isEmpty();
    }

    @Test
    void parts_and_what_others_say_stay() {
        String messages = """
                [{'role': 'system', 'content': 'https://h/a.png'}, {'role': 'assistant', 'content': 'https://h/a.png'},
                 {'role': 'user', 'content': [{'type': 'text', 'text': 'https://h/a.png'}]},
                 {'role': 'tool', 'content': 'https://h/a.png'}, {'role': 'user', 'content': null}]""";
        Adapted adapted = Adapted.messages("'image-urls-in-text'", messages);

        assertThat(adapted.json()).isEqualTo(json(messages));
        assertThat(adapted.report()).isEmpty();
    }

    @Test
    void every_message_of_a_user_is_read() {
        Adapted adapted = Adapted.messages(
                "'image-urls-in-text'",
                "[{'role': 'user', 'content': 'https://h/a.png'}, {'role': 'user', 'content': 'words'},"
                        + " {'role': 'user', 'content': 'https://h/b.png'}]");

        assertThat(images(adapted.json().at("/0/content"))).containsExactly("https://h/a.png");
        assertThat(adapted.json().at("/1/content").asText()).isEqualTo("words");
        assertThat(images(adapted.json().at("/2/content"))).containsExactly("https://h/b.png");
        assertThat(adapted.report()).containsExactly("image_url=2(from text)");
    }

    private static String user(String text) {
        return "[{'role': 'user', 'content': '" + text + "'}]";
    }

    private static List<String> texts(JsonNode parts) {
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> {
            if (Json.text(part, "type").equals("text")) {
                texts.add(Json.text(part, "text"));
            }
        });
        return texts;
    }

    private static List<String> images(JsonNode parts) {
        List<String> images = new ArrayList<>();
        parts.forEach(part -> {
            if (Json.text(part, "type").equals("image_url")) {
                images.add(part.at("/image_url/url").asText());
            }
        });
        return images;
    }
}
