package io.precordia.ingest;

import io.precordia.study.Identity;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins what the sender says with what the file says, and makes every word harmless to show. */
final class IdentityMerge {
  private static final int MAX_WORD = 256;
  private static final int MAX_TAGS = 64;

  private IdentityMerge() {}

  /** The sender's non-null values win; tags of both are kept. */
  static Identity merge(Identity sender, Identity file) {
    Set<String> tags = new LinkedHashSet<>();
    sender.tags().forEach(t -> add(tags, t));
    file.tags().forEach(t -> add(tags, t));
    Integer age = sender.ageYears() != null ? sender.ageYears() : file.ageYears();
    String sex = first(sender.sex(), file.sex());
    return new Identity(
        first(sender.subject(), file.subject()),
        first(sender.study(), file.study()),
        first(sender.object(), file.object()),
        sender.date() != null ? sender.date() : file.date(),
        sex != null && (sex.equals("M") || sex.equals("F") || sex.equals("O")) ? sex : null,
        age != null && age >= 0 && age <= 130 ? age : null,
        first(sender.site(), file.site()),
        tags.stream().limit(MAX_TAGS).toList(),
        clean(sender.source()));
  }

  private static void add(Set<String> tags, String tag) {
    String clean = clean(tag);
    if (clean != null) {
      tags.add(clean);
    }
  }

  private static @Nullable String first(@Nullable String a, @Nullable String b) {
    String clean = clean(a);
    return clean != null ? clean : clean(b);
  }

  // Control characters (also the invisible ones that turn text around) and unpaired surrogates have
  // no place in a name.
  private static @Nullable String clean(@Nullable String word) {
    if (word == null) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    word.codePoints()
        .filter(
            c -> {
              int type = Character.getType(c);
              return type != Character.CONTROL
                  && type != Character.FORMAT
                  && type != Character.SURROGATE
                  && type != Character.UNASSIGNED;
            })
        .limit(MAX_WORD)
        .forEach(out::appendCodePoint);
    String text = out.toString().strip();
    return text.isEmpty() ? null : text;
  }
}
