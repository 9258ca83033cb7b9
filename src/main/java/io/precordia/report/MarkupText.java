package io.precordia.report;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words of HTML or XHTML: tags fall away, blocks become lines. Linear in the text's length. */
final class MarkupText {
  private static final Set<String> BLOCKS =
      Set.of("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol");
  private static final Set<String> SILENT = Set.of("script", "style", "head", "title");
  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");
  private static final int LONGEST_ENTITY = 10;

  private MarkupText() {}

  static String of(String markup) {
    StringBuilder out = new StringBuilder(markup.length());
    String silent = "";
    int at = 0;
    while (at < markup.length()) {
      char c = markup.charAt(at);
      if (c == '<') {
        boolean comment = markup.startsWith("<!--", at);
        int end = comment ? markup.indexOf("-->", at) : markup.indexOf('>', at);
        if (end < 0) {
          break;
        }
        String name = comment ? "" : name(markup, at + 1, end);
        String plain = name.startsWith("/") ? name.substring(1) : name;
        if (silent.isEmpty() && SILENT.contains(name)) {
          silent = name;
        } else if (name.equals("/" + silent)) {
          silent = "";
        }
        if (BLOCKS.contains(plain)) {
          out.append('\n');
        } else if (plain.equals("td") || plain.equals("th")) {
          out.append(' ');
        }
        at = end + (comment ? 3 : 1);
      } else {
        int end = c == '&' ? semicolon(markup, at) : -1;
        boolean entity = end > at;
        if (silent.isEmpty()) {
          out.append(entity ? entity(markup.substring(at + 1, end)) : String.valueOf(c));
        }
        at = entity ? end + 1 : at + 1;
      }
    }
    return out.toString()
        .replaceAll("[\\t\\f\\r ]++", " ")
        .replaceAll(" ?\\n[ \\n]*+", "\n")
        .strip();
  }

  private static int semicolon(String markup, int at) {
    for (int i = at + 1; i < markup.length() && i <= at + LONGEST_ENTITY; i++) {
      if (markup.charAt(i) == ';') {
        return i;
      }
    }
    return -1;
  }

  private static String name(String markup, int from, int end) {
    int to = from;
    while (to < end
        && !Character.isWhitespace(markup.charAt(to))
        && (to == from || markup.charAt(to) != '/')) {
      to++;
    }
    return markup.substring(from, to).toLowerCase(Locale.ROOT);
  }

  private static String entity(String name) {
    String known = ENTITIES.get(name);
    if (known != null) {
      return known;
    }
    try {
      int code =
          name.startsWith("#x") || name.startsWith("#X")
              ? Integer.parseInt(name.substring(2), 16)
              : name.startsWith("#") ? Integer.parseInt(name.substring(1)) : -1;
      return Character.isValidCodePoint(code) ? Character.toString(code) : " ";
    } catch (NumberFormatException e) {
      return " ";
    }
  }
}
