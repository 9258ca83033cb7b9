package io.precordia.adapter.bank;

/**
 * What one tenant may hold.
 *
 * @param adapters registered adapters
 * @param pages pages of compute memory at a time
 */
public record TenantQuota(int adapters, int pages) {
  public static final TenantQuota UNLIMITED = new TenantQuota(Integer.MAX_VALUE, Integer.MAX_VALUE);

  public TenantQuota {
    if (adapters < 0 || pages < 0) {
      throw new IllegalArgumentException("quota: counts from 0");
    }
  }
}
