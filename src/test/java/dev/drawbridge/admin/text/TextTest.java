package dev.drawbridge.admin.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ja | ja",
                "en | en",
                "fr-CH, fr;q=0.9, en;q=0.8 | fr",
                "de, en;q=0.5 | en",
                "en;q=0.1, fr;q=0.9 | fr",
                "* | ja",
                "de | ja",
                ";;; | ja",
                "'' | ja"
            })
    void the_language_is_the_best_of_those_that_there_are(String accepted, String language) {
        assertThat(Language.of(accepted).getLanguage()).isEqualTo(language);
    }

    @Test
    void without_a_wish_the_language_is_that_of_the_documented_texts() {
        assertThat(Language.of(null)).isEqualTo(Locale.JAPANESE);
        assertThat(Text.of("manage.unknown", "x").in(Locale.JAPANESE)).isEqualTo("モデル x は設定に存在しません");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void every_text_is_there_in_every_language(String language) {
        Set<String> translated = own(language);

        assertThat(translated).isEqualTo(own("ja"));
    }

    @Test
    void a_text_in_a_text_is_in_the_same_language() {
        Text text = Text.of("download.timeout", Text.of("minutes", 30L));

        assertThat(text.in(Locale.JAPANESE)).isEqualTo("ダウンロードがタイムアウトしました（30分）");
        assertThat(text.in(Locale.FRENCH)).isEqualTo("Le téléchargement a expiré (30 min)");
    }

    /** The keys of one file: in a bundle of the base alone, what is missing would be filled in. */
    private static Set<String> own(String language) {
        Set<String> keys = new TreeSet<>();
        String name = "dev.drawbridge.admin.text.messages" + (language.equals("ja") ? "" : "_" + language);
        ResourceBundle.getBundle(name, Locale.ROOT).getKeys().asIterator().forEachRemaining(keys::add);
        return keys;
    }
}
