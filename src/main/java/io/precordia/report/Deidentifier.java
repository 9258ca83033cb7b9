package io.precordia.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A first pass over report text before it is embedded or shown in a shared view: dates, phone
 * numbers, e-mail addresses, record numbers and names that follow a title or label become
 * placeholders. English and German. It lowers the risk and does not remove it: a name without a
 * title stays. Thread-safe.
 */
public final class Deidentifier {
  /** Placeholders, in square brackets. */
  public static final List<String> PLACEHOLDERS =
      List.of("[DATE]", "[PHONE]", "[EMAIL]", "[ID]", "[NAME]");

  private record Rule(Pattern pattern, String replacement) {}

  private static final String MONTH =
      "(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|m\u00e4rz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sep(?:t(?:ember)?)?|"
          + "o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)";
  private static final String WORD = "\\p{Lu}[\\p{L}'\u2019-]{0,30}";
  private static final String NAME = WORD + "(?:,?[ \\t]{1,2}(?:" + WORD + "|\\p{Lu}\\.)){0,2}";
  private static final List<Rule> RULES =
      List.of(
          rule("[\\w.+-]{1,60}@[\\w-]{1,60}(?:\\.[\\w-]{1,30}){1,4}", "[EMAIL]"),
          rule("\\b(?:19|20)\\d\\d-\\d\\d?-\\d\\d?\\b", "[DATE]"),
          rule("\\b\\d\\d?[./]\\d\\d?[./](?:(?:19|20)\\d\\d|\\d\\d)\\b(?![.]\\d)", "[DATE]"),
          rule(
              "(?i)\\b\\d\\d?(?:st|nd|rd|th|\\.)?[ -]{1,2}"
                  + MONTH
                  + "\\.?,?[ -]{1,2}(?:19|20)\\d\\d\\b",
              "[DATE]"),
          rule(
              "(?i)\\b" + MONTH + "\\.?[ ]{1,2}\\d\\d?(?:st|nd|rd|th)?,?[ ]{1,2}(?:19|20)\\d\\d\\b",
              "[DATE]"),
          rule(
              "(?i)\\b((?:tel(?:ephone|efon)?|phone|fax|pager|mobile?|ext)\\b\\.?[: ]{1,3})\\+?[\\d(][\\d ()/.-]{3,20}\\d",
              "$1[PHONE]"),
          rule("(?<![\\w.])(?:\\+\\d{1,3}[ -]?)?\\(?\\d{3}\\)?[ -]\\d{3}-\\d{4}\\b", "[PHONE]"),
          rule("(?<![\\w.])\\+\\d{1,3}[ -]?\\(?\\d{1,5}\\)?(?:[ /-]?\\d{2,8}){1,3}\\b", "[PHONE]"),
          rule(
              "(?i)\\b((?:mrn|medical record(?: number)?|patient(?:en)?[ -]?(?:id|nr|nummer|number)|pat\\.?-?(?:id|nr)|accession(?: number)?|acc|fall-?(?:nr|nummer)|ssn|case(?: number| no))"
                  + "[.:# ]{1,4})(?=[\\w-]{0,24}\\d)[\\w-]{1,25}",
              "$1[ID]"),
          rule("(?<![\\w.,])\\d{6,20}(?![\\w]|[.,]\\d)", "[ID]"),
          rule(
              "\\b((?:Dr|Prof|Mr|Mrs|Ms|Miss|Herr|Herrn|Frau|Hr|Fr)\\b\\.?(?:[ ]{0,2}(?:med|Dr|Prof)\\.){0,3}[ ]{1,2})"
                  + NAME,
              "$1[NAME]"),
          rule(
              "((?i:\\b(?:patient(?:in)? ?name|patient(?:in)?|name|referring physician|physician|radiologist|dictated by|signed by|electronically signed by|reported by|befundet von|gez))"
                  + "\\.?:[ \\t]{0,3})"
                  + NAME,
              "$1[NAME]"),
          rule(
              "\\b" + WORD + "(?:[ ]" + WORD + "){0,2}(?=,[ ](?:M\\.?D\\.?|MD|DO|FRCR)\\b)",
              "[NAME]"));

  /** What more goes where a text leaves the house: places to live, hospitals, ages above 89. */
  private static final List<Rule> STRICT =
      List.of(
          rule(
              "\\b\\d{1,5}[a-z]?,?[ ]"
                  + WORD
                  + "(?:[ ]"
                  + WORD
                  + "){0,3}[ ](?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Crescent|Cres|Close|Way|Place|Pl|Square|Sq|Boulevard|Blvd|Terrace|Gardens|Grove|Hill|Row)\\b\\.?",
              "[ADDRESS]"),
          rule(
              "\\b"
                  + WORD
                  + "(?:stra(?:ss|\u00df)e|str\\.|[ ]Stra(?:ss|\u00df)e|weg|gasse|platz|allee|ring|damm)[ ]?\\d{1,4}[a-z]?\\b",
              "[ADDRESS]"),
          rule(
              "\\b(?:(?:St\\.|"
                  + WORD
                  + ")[ ]){1,4}(?:Hospital|Infirmary|Clinic|Medical Cent(?:er|re)|Klinikum|Krankenhaus|Klinik|Spital)\\b",
              "[INSTITUTION]"),
          rule(
              "(?i)\\b(?:9\\d|1[0-2]\\d)(?=[ -]?(?:years?|yrs?|y/?o|yo|j\u00e4hrig\\w*|jahre)\\b)",
              "[90+]"));

  private static Rule rule(String regex, String replacement) {
    return new Rule(Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS), replacement);
  }

  /** The text with placeholders. */
  public String redact(String text) {
    return applied(RULES, text);
  }

  /**
   * The text with placeholders, also for addresses ({@code [ADDRESS]}), hospitals ({@code
   * [INSTITUTION]}) and ages above 89 years ({@code [90+]}): for what leaves the house.
   */
  public String redactStrictly(String text) {
    return applied(STRICT, applied(RULES, text));
  }

  private static String applied(List<Rule> rules, String text) {
    String out = text;
    for (Rule rule : rules) {
      out = rule.pattern().matcher(out).replaceAll(rule.replacement());
    }
    return out;
  }
}
