package io.precordia.adapter.peft;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which modules a list or an expression of PEFT names: a list matches whole names and last path
 * segments, an expression must match the whole name.
 */
record ModuleNameRule(@Nullable String expression, List<String> names) {
  static final ModuleNameRule NONE = new ModuleNameRule(null, List.of());
  private static final Pattern LAYER = Pattern.compile("(?:.*\\.)?[^.]*\\.(\\d+)\\..*");

  ModuleNameRule {
    names = List.copyOf(names);
  }

  boolean matches(String key, String module) {
    return expression == null
        ? names.stream().anyMatch(n -> module.equals(n) || module.endsWith("." + n))
        : BoundedText.matches(BoundedText.pattern(key, expression), module);
  }

  /** Number of the layer that a module lies in, −1 if its name has none. */
  static int layer(String module, List<String> patterns) {
    for (String pattern : patterns) {
      Matcher named =
          BoundedText.pattern("layers_pattern", "(?:.*\\.)?" + pattern + "\\.(\\d+)\\..*")
              .matcher(module);
      if (named.matches()) {
        return number(named.group(named.groupCount()));
      }
    }
    Matcher any = LAYER.matcher(module);
    return patterns.isEmpty() && any.matches() ? number(any.group(1)) : -1;
  }

  private static int number(String digits) {
    return digits.length() > 6 ? -1 : Integer.parseInt(digits);
  }
}
