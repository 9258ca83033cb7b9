package io.precordia.adapter.bank;

import io.precordia.adapter.LinearSite;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Ops;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many adapters over one base (S-LoRA, Sheng et al. 2023). Registered adapters lie on disk; those
 * in use lie in pages of compute memory, with host memory in between, each level dropping what was
 * least recently used. A batch mixes adapters of any rank and target with rows that have none.
 *
 * <p>What does not fit is refused with INSUFFICIENT_MEMORY before anything is loaded or evicted.
 * Thread-safe; values are read from disk outside the bank's lock.
 */
public final class AdapterBank {
  private static final int ALL = Integer.MAX_VALUE;

  private final PageMemory memory;
  private final PagePool pool;
  private final HostTier host;
  private final Map<String, LinearSite> layers = new HashMap<>();
  private final Set<ParameterSpec> declared;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AdapterKey, Residence> registered = new LinkedHashMap<>();
  private final Set<Residence> retired = new HashSet<>();
  private final Map<String, TenantQuota> quotas = new HashMap<>();
  private long clock;

  /**
   * @param base declared parameters of the base
   * @param hostBytes octets of adapters kept in host memory beside the pages
   */
  public AdapterBank(Collection<ParameterSpec> base, PageMemory memory, long hostBytes) {
    this.memory = memory;
    this.pool = new PagePool(memory.pages());
    this.host = new HostTier(hostBytes);
    this.declared = Set.copyOf(base);
    LinearSite.all(base).forEach(s -> layers.put(s.path(), s));
  }

  /** Sets a tenant's quota; what the tenant holds already stays. */
  public void quota(String tenant, TenantQuota quota) {
    locked(() -> quotas.put(tenant, quota));
  }

  /**
   * Makes an adapter known, or replaces it: batches that run keep the old version, later ones get
   * the new one. Nothing is loaded.
   *
   * @throws PrecordiaException BAD_WEIGHTS if it does not fit the base; INSUFFICIENT_MEMORY if it
   *     can never fit the pool or the tenant's quota
   */
  public void register(AdapterKey key, AdapterSource source) {
    for (ModuleChange change : source.changes()) {
      if (!fits(change)) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS,
            "the adapter " + key + " does not fit the base at " + change.path());
      }
    }
    Residence fresh = new Residence(key, source, memory);
    locked(
        () -> {
          TenantQuota quota = quota(key.tenant());
          long count =
              registered.keySet().stream()
                  .filter(k -> k.tenant().equals(key.tenant()) && !k.equals(key))
                  .count();
          if (count >= quota.adapters()) {
            throw full("the tenant's quota of " + quota.adapters() + " adapters is used up");
          }
          if (fresh.pages > Math.min(quota.pages(), pool.total())) {
            throw full(
                "the adapter needs "
                    + fresh.pages
                    + " pages and can never fit the "
                    + Math.min(quota.pages(), pool.total())
                    + " that it may use");
          }
          retire(registered.put(key, fresh));
          return fresh;
        });
  }

  private boolean fits(ModuleChange change) {
    return switch (change) {
      case LinearChange linear -> linear.layer().equals(layers.get(linear.path()));
      case RoutedChange routed -> routed.layer().equals(layers.get(routed.path()));
      case LayerChange layer -> declared.containsAll(layer.arrays());
    };
  }

  /** Forgets an adapter; batches that run keep it until they end. */
  public void remove(AdapterKey key) {
    locked(
        () -> {
          Residence old = find(key);
          registered.remove(key);
          retire(old);
          return old;
        });
  }

  private void retire(@Nullable Residence old) {
    if (old == null) {
      return;
    }
    old.retired = true;
    old.pins = 0;
    host.drop(old);
    if (old.references == 0) {
      vacate(old);
    } else {
      retired.add(old);
    }
  }

  /**
   * Brings the adapters of a batch into compute memory and holds them there until the batch closes.
   * Its tensors belong to the scope that is open now.
   *
   * @param rows adapter of each batch row, empty for the base alone
   * @throws PrecordiaException NOT_FOUND for an unknown adapter; INSUFFICIENT_MEMORY if they do not
   *     fit beside those in use; BAD_WEIGHTS if a source turns out unreadable, which leaves nothing
   *     of that adapter in memory
   */
  public AdapterBatch batch(Ops ops, List<Optional<AdapterKey>> rows) {
    return batch(ops, rows, Map.of(), new RoutingTally(Collections.nCopies(rows.size(), ALL)));
  }

  /**
   * {@link #batch(Ops, List)} where routers may be among the adapters.
   *
   * @param given weights of the routers that do not choose layer by layer
   * @param tally what learns how strongly each row used its router's members
   */
  public AdapterBatch batch(
      Ops ops,
      List<Optional<AdapterKey>> rows,
      Map<AdapterKey, GivenWeights> given,
      RoutingTally tally) {
    Set<AdapterKey> keys = new LinkedHashSet<>();
    rows.forEach(r -> r.ifPresent(keys::add));
    List<Residence> held = hold(keys);
    try {
      return new AdapterBatch(this, ops, memory, held, rows, given, tally);
    } catch (RuntimeException e) {
      release(held);
      throw e;
    }
  }

  /** Admits, evicts, reserves, then fills; every residence returned has one more reference. */
  private List<Residence> hold(Collection<AdapterKey> keys) {
    List<Residence> wanted =
        locked(
            () -> {
              List<Residence> found = keys.stream().map(this::find).toList();
              admit(found);
              for (Residence r : found) {
                if (r.table == null) {
                  r.table = pool.allocate(PagePool.Use.ADAPTER, r.pages);
                }
                r.references++;
                r.lastUse = ++clock;
              }
              return found;
            });
    try {
      for (Residence r : wanted) {
        r.fill(Objects.requireNonNull(r.table), memory, host);
      }
      return wanted;
    } catch (RuntimeException e) {
      locked(
          () -> {
            for (Residence r : wanted) {
              r.references--;
              if (r.references == 0 && (r.retired || !r.filled())) {
                retired.remove(r);
                vacate(r);
              }
            }
            return wanted;
          });
      throw e;
    }
  }

  void release(List<Residence> held) {
    locked(
        () -> {
          for (Residence r : held) {
            r.references--;
            if (r.references == 0 && r.retired) {
              retired.remove(r);
              vacate(r);
            }
          }
          return held;
        });
  }

  /** Finds victims for all that is missing, and only then evicts. */
  private void admit(List<Residence> wanted) {
    List<Residence> missing = wanted.stream().filter(r -> r.table == null).toList();
    Set<Residence> victims = new LinkedHashSet<>();
    Map<String, Integer> byTenant = new LinkedHashMap<>();
    missing.forEach(r -> byTenant.merge(r.key.tenant(), r.pages, Math::addExact));
    List<Residence> idle =
        registered.values().stream()
            .filter(r -> r.evictable() && !wanted.contains(r))
            .sorted(Comparator.comparingLong(r -> r.lastUse))
            .toList();
    byTenant.forEach(
        (tenant, pages) -> {
          long excess = resident(tenant) + (long) pages - quota(tenant).pages();
          excess = mark(idle.stream().filter(r -> r.key.tenant().equals(tenant)), victims, excess);
          if (excess > 0) {
            throw full("the tenant's quota of pages is in use; wait for its batches to end");
          }
        });
    long need = byTenant.values().stream().mapToLong(p -> p).sum() - pool.free();
    need -= victims.stream().mapToLong(r -> r.pages).sum();
    if (mark(idle.stream().filter(r -> !victims.contains(r)), victims, need) > 0) {
      throw full("the adapters of this batch do not fit beside those in use");
    }
    victims.forEach(this::vacate);
  }

  private static long mark(Stream<Residence> from, Set<Residence> victims, long excess) {
    long left = excess;
    for (Residence r : from.toList()) {
      if (left <= 0) {
        break;
      }
      victims.add(r);
      left -= r.pages;
    }
    return left;
  }

  private long resident(String tenant) {
    return Stream.concat(registered.values().stream(), retired.stream())
        .filter(r -> r.table != null && r.key.tenant().equals(tenant))
        .mapToLong(r -> r.pages)
        .sum();
  }

  private void vacate(Residence r) {
    if (r.table != null) {
      pool.release(PagePool.Use.ADAPTER, r.table);
      r.table = null;
      r.emptied();
    }
  }

  /** Loads an adapter and keeps it in compute memory until {@link #unpin}. Pins count. */
  public void pin(AdapterKey key) {
    List<Residence> held = hold(List.of(key));
    locked(() -> held.getFirst().retired ? 0 : ++held.getFirst().pins);
    release(held);
  }

  /**
   * @throws IllegalStateException if it is not pinned
   */
  public void unpin(AdapterKey key) {
    locked(
        () -> {
          Residence r = find(key);
          if (r.pins == 0) {
            throw new IllegalStateException("the adapter " + key + " is not pinned");
          }
          return --r.pins;
        });
  }

  /**
   * Loads an adapter in the background, into free pages only: a guess about the next batch evicts
   * nobody. The result is whether it is resident now.
   */
  public CompletableFuture<Boolean> prefetch(AdapterKey key) {
    return CompletableFuture.supplyAsync(
        () -> {
          boolean fits =
              locked(
                  () -> {
                    Residence r = find(key);
                    return r.table != null
                        || (r.pages <= pool.free()
                            && resident(key.tenant()) + r.pages <= quota(key.tenant()).pages());
                  });
          if (fits) {
            release(hold(List.of(key)));
          }
          return fits;
        },
        Thread::startVirtualThread);
  }

  /**
   * Takes pages for contexts, evicting idle adapters where needed.
   *
   * @throws PrecordiaException INSUFFICIENT_MEMORY if they do not fit beside what is in use
   */
  public int[] takeContextPages(int pages) {
    return locked(
        () -> {
          List<Residence> idle =
              registered.values().stream()
                  .filter(Residence::evictable)
                  .sorted(Comparator.comparingLong(r -> r.lastUse))
                  .toList();
          Set<Residence> victims = new LinkedHashSet<>();
          if (mark(idle.stream(), victims, (long) pages - pool.free()) > 0) {
            throw full("the context does not fit beside what is in use");
          }
          victims.forEach(this::vacate);
          return pool.allocate(PagePool.Use.KEY_VALUE, pages);
        });
  }

  /** Gives pages of a context back. */
  public void returnContextPages(int[] pages) {
    pool.release(PagePool.Use.KEY_VALUE, pages);
  }

  /** Whether the adapter lies in compute memory now. */
  public boolean resident(AdapterKey key) {
    return locked(() -> find(key).table != null);
  }

  /** Whether the adapter lies in host memory now. */
  public boolean inHostMemory(AdapterKey key) {
    return host.holds(locked(() -> find(key)));
  }

  /** Pages that an adapter takes when resident. */
  public int pages(AdapterKey key) {
    return locked(() -> find(key).pages);
  }

  /** Keys in the order of registration. */
  public List<AdapterKey> keys() {
    return locked(() -> new ArrayList<>(registered.keySet()));
  }

  /** Page counts, for gauges. */
  public PagePool pool() {
    return pool;
  }

  private Residence find(AdapterKey key) {
    Residence found = registered.get(key);
    if (found == null) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "there is no adapter " + key);
    }
    return found;
  }

  private TenantQuota quota(String tenant) {
    return quotas.getOrDefault(tenant, TenantQuota.UNLIMITED);
  }

  private <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private static PrecordiaException full(String what) {
    return new PrecordiaException(ErrorCode.INSUFFICIENT_MEMORY, what);
  }
}
