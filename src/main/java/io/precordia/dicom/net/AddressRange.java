package io.precordia.dicom.net;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of addresses, for example {@code 10.1.0.0/16}, {@code 2001:db8::/32} or one address.
 *
 * @param network any address of the block
 * @param prefix bits that count
 */
public record AddressRange(InetAddress network, int prefix) {
  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /**
   * Reads CIDR notation (RFC 4632, RFC 4291).
   *
   * @throws PrecordiaException INVALID_CONFIGURATION
   */
  public static AddressRange of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      if (!LITERAL.matcher(address).matches()) {
        throw new UnknownHostException();
      }
      InetAddress network = InetAddress.getByName(address);
      int bits = 8 * network.getAddress().length;
      int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (prefix < 0 || prefix > bits) {
        throw new NumberFormatException();
      }
      return new AddressRange(network, prefix);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "\"" + text + "\" is no address or block of addresses such as 10.1.0.0/16",
          e);
    }
  }

  /** Whether the address lies in the block. */
  public boolean contains(InetAddress address) {
    byte[] a = network.getAddress();
    byte[] b = address.getAddress();
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < prefix; i++) {
      int mask = 0x80 >> (i & 7);
      if (((a[i >> 3] ^ b[i >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
