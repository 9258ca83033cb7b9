package io.precordia.adapter.peft;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Text that a regular expression of a stranger may look at only so often, so that an expression
 * with catastrophic backtracking ends in an error instead of never.
 */
final class BoundedText implements CharSequence {
  private static final int LOOKS = 200_000;
  private static final int LONGEST = 1000;

  private final String text;
  private int left = LOOKS;

  private BoundedText(String text) {
    this.text = text;
  }

  /** Compiles an expression of a configuration. */
  static Pattern pattern(String key, String expression) {
    if (expression.length() > LONGEST) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "adapter_config.json: " + key + " holds too long an expression");
    }
    try {
      // Python writes named groups with a P.
      return Pattern.compile(expression.replace("(?P<", "(?<"));
    } catch (PatternSyntaxException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "adapter_config.json: " + key + " holds an expression that cannot be read",
          e);
    }
  }

  static boolean matches(Pattern pattern, String text) {
    try {
      return pattern.matcher(new BoundedText(text)).matches();
    } catch (StackOverflowError e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "adapter_config.json: an expression nests too deeply", e);
    }
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "adapter_config.json: an expression backtracks without end; list the modules instead");
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
