package io.precordia.adapter.bank;

/** An adapter of a tenant; tenants do not see each other's. */
public record AdapterKey(String tenant, String id) {
  public AdapterKey {
    if (tenant.isEmpty() || id.isEmpty()) {
      throw new IllegalArgumentException("adapter key: tenant and id must not be empty");
    }
  }

  @Override
  public String toString() {
    return tenant + "/" + id;
  }
}
