package io.precordia.serve.adapters;

import io.precordia.adapter.router.RouterConfig;
import io.precordia.adapter.router.RouterConfigFile;
import io.precordia.adapter.router.RouterFolder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.AdapterShare;
import io.precordia.model.AdapterSummary;
import io.precordia.study.ModelRef;
import io.precordia.weights.Checksums;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Named adapters of one model. A name is a tag that can be moved; a version is immutable and known
 * by its digest. What is being used is leased: erasing waits until every lease has ended.
 * Thread-safe.
 */
public final class AdapterRegistry {
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final AdapterFiles files;
  private final AdaptableEncoder encoder;
  private final ComposedAdapters composed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Map<String, AdapterVersion> tags = new TreeMap<>();
  private final Map<String, Integer> leases = new HashMap<>();
  private final Set<String> busy = new HashSet<>();

  /** Members of every router that is kept, by its digest. */
  private final Map<String, List<RouterConfig.Member>> routers = new HashMap<>();

  /**
   * Opens the folder and registers every version that a tag of this model stands for. Tags of
   * another model are kept on disk and not served.
   */
  public AdapterRegistry(Path folder, AdaptableEncoder encoder) {
    this.files = new AdapterFiles(folder);
    this.encoder = encoder;
    this.composed = new ComposedAdapters(encoder);
    refresh();
  }

  /**
   * Takes over what another registry of this folder has done meanwhile; nothing may be asked of
   * this one yet.
   */
  public void refresh() {
    lock.lock();
    try {
      tags.clear();
      for (AdapterVersion version : files.tagged()) {
        if (version.base().equals(encoder.ref().sha256()) && restored(version.sha256())) {
          tags.put(version.name(), version);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Registers a version and the members of a router; false if anything on disk was changed. */
  private boolean restored(String sha256) {
    if (!files.intact(sha256)) {
      return false;
    }
    if (RouterFolder.is(files.version(sha256))) {
      List<RouterConfig.Member> members = RouterFolder.config(files.version(sha256)).members();
      if (!members.stream().allMatch(m -> restored(m.sha256()))) {
        return false;
      }
      routers.put(sha256, members);
    }
    encoder.register(sha256, files.version(sha256));
    return true;
  }

  /** Use of one version; nothing of it is erased before this is closed. */
  public final class Lease implements AutoCloseable {
    private final AdapterVersion version;
    private boolean open = true;

    private Lease(AdapterVersion version) {
      this.version = version;
    }

    public AdapterVersion version() {
      return version;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (open) {
          open = false;
          giveBack(version.sha256());
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Validates and keeps an adapter or a router with its members, and moves the name to it.
   *
   * @throws PrecordiaException CONFLICT if the same name is being changed at this moment;
   *     BAD_WEIGHTS or INSUFFICIENT_MEMORY as the encoder says, with nothing kept
   */
  public AdapterVersion put(String name, AdapterUpload upload) {
    AdapterName.checked(name);
    claim(name);
    List<String> members = new ArrayList<>();
    try {
      return switch (upload) {
        case AdapterUpload.Peft peft -> tagged(name, peft.files());
        case AdapterUpload.Router router -> tagged(name, resolved(router, members));
      };
    } finally {
      for (String member : members) {
        giveBack(member);
        retire(member, name);
      }
      release(name);
    }
  }

  /** The two files of a PEFT folder. */
  public AdapterVersion put(String name, Map<String, byte[]> content) {
    return put(name, new AdapterUpload.Peft(content));
  }

  /**
   * A router's files with the digests of its members.
   *
   * @param held digests that are leased here, so that they stay until the router holds them
   */
  private Map<String, byte[]> resolved(AdapterUpload.Router upload, List<String> held) {
    List<RouterConfig.Member> members = new ArrayList<>();
    for (RouterConfig.Member member : upload.config().members()) {
      @Nullable Map<String, byte[]> content = upload.members().get(member.name());
      String sha256;
      if (content == null) {
        sha256 = leased(member, held);
      } else {
        Kept kept = keep(content, held);
        sha256 = kept.sha256();
      }
      members.add(new RouterConfig.Member(member.name(), sha256));
    }
    return Map.of(
        RouterConfigFile.NAME,
        RouterConfigFile.write(new RouterConfig(members, upload.config().rule())),
        RouterFolder.WEIGHTS,
        upload.weights());
  }

  private String leased(RouterConfig.Member member, List<String> held) {
    String address = member.sha256().isEmpty() ? member.name() : member.sha256();
    lock.lock();
    try {
      String sha256 =
          tags.values().stream()
              .filter(v -> v.name().equals(address) || v.sha256().equals(address))
              .map(AdapterVersion::sha256)
              .findFirst()
              .orElseThrow(
                  () ->
                      new PrecordiaException(
                          ErrorCode.BAD_WEIGHTS,
                          "router: a member is neither in the upload nor an adapter of this model;"
                              + " bring it in first"));
      acquire(sha256);
      held.add(sha256);
      return sha256;
    } finally {
      lock.unlock();
    }
  }

  /** A version on disk that the encoder knows. */
  private record Kept(String sha256, AdapterSummary summary) {}

  /** Checks and publishes files; the digest is leased to the caller. */
  private Kept keep(Map<String, byte[]> content, List<String> held) {
    PendingFolder pending = files.pending(content);
    String sha256;
    AdapterSummary summary;
    try {
      summary = encoder.inspect(pending.path());
      sha256 = Checksums.ofFolder(pending.path());
    } catch (RuntimeException | Error e) {
      files.discard(pending);
      throw e;
    }
    // Leased meanwhile: the same version may be erased under another name at this moment.
    acquire(sha256);
    held.add(sha256);
    Path folder = files.publish(pending, sha256);
    encoder.register(sha256, folder);
    if (RouterFolder.is(folder)) {
      lock.lock();
      try {
        routers.put(sha256, RouterFolder.config(folder).members());
      } finally {
        lock.unlock();
      }
      RouterTrial.run(encoder, sha256);
    }
    return new Kept(sha256, summary);
  }

  private AdapterVersion tagged(String name, Map<String, byte[]> content) {
    @Nullable AdapterVersion before = find(name);
    List<String> held = new ArrayList<>();
    AdapterVersion version;
    try {
      Kept kept = keep(content, held);
      version = version(name, kept.sha256(), kept.summary(), before);
      files.tag(version);
      lock.lock();
      try {
        tags.put(name, version);
      } finally {
        lock.unlock();
      }
    } finally {
      for (String sha256 : held) {
        giveBack(sha256);
        retire(sha256, name);
      }
    }
    if (before != null) {
      retire(before.sha256(), name);
    }
    return version;
  }

  private AdapterVersion version(
      String name, String sha256, AdapterSummary summary, @Nullable AdapterVersion before) {
    @Nullable String previous = null;
    if (before != null) {
      previous = before.sha256().equals(sha256) ? before.previous() : before.sha256();
    }
    return new AdapterVersion(
        name, sha256, encoder.ref().sha256(), previous, Instant.now(), summary);
  }

  /**
   * Takes the name away, waits until nobody uses the version, and erases it if no other name stands
   * for it.
   *
   * @throws PrecordiaException NOT_FOUND; CONFLICT if a router needs it; BUSY if it is still in use after half a minute
   */
  public void delete(String name) {
    claim(name);
    try {
      AdapterVersion version = find(name);
      if (version == null) {
        throw unknown(name);
      }
      lock.lock();
      try {
        tags.remove(name);
        if (named(version.sha256()) && !tagged(version.sha256())) {
          tags.put(name, version);
          throw new PrecordiaException(
              ErrorCode.CONFLICT,
              "the adapter " + name + " is a member of a router; delete or replace the router first");
        }
      } finally {
        lock.unlock();
      }
      files.untag(name);
      retire(version.sha256(), name);
    } finally {
      release(name);
    }
  }

  private void acquire(String sha256) {
    lock.lock();
    try {
      leases.merge(sha256, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(String sha256) {
    lock.lock();
    try {
      leases.merge(sha256, -1, Integer::sum);
      leases.remove(sha256, 0);
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Erases a version that no name stands for, once it is not leased any more. */
  private void retire(String sha256, String name) {
    lock.lock();
    try {
      long left = DRAIN.toNanos();
      while (!named(sha256) && leases.containsKey(sha256)) {
        if (left <= 0) {
          throw new PrecordiaException(
              ErrorCode.BUSY,
              "a version of the adapter " + name + " is still in use and was not erased yet");
        }
        try {
          left = released.awaitNanos(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new PrecordiaException(ErrorCode.NOT_READY, "the request was interrupted", e);
        }
      }
      // While this waited, a name may have been moved to the version.
      if (!named(sha256)) {
        composed.forget(sha256);
        encoder.unregister(sha256);
        files.erase(sha256);
        for (RouterConfig.Member member : routersMembers(sha256)) {
          retire(member.sha256(), name);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private List<RouterConfig.Member> routersMembers(String sha256) {
    List<RouterConfig.Member> members = routers.remove(sha256);
    return members == null ? List.of() : members;
  }

  private boolean tagged(String sha256) {
    return tags.values().stream().anyMatch(v -> v.sha256().equals(sha256));
  }

  /** Whether a name or a router stands for it. */
  private boolean named(String sha256) {
    return tagged(sha256)
        || routers.values().stream()
            .anyMatch(members -> members.stream().anyMatch(m -> m.sha256().equals(sha256)));
  }

  /**
   * The version that a name or a digest stands for, to be closed after use.
   *
   * @throws PrecordiaException NOT_FOUND
   */
  public Lease lease(String nameOrDigest) {
    lock.lock();
    try {
      AdapterVersion version =
          tags.values().stream()
              .filter(v -> v.name().equals(nameOrDigest) || v.sha256().equals(nameOrDigest))
              .findFirst()
              .orElseThrow(() -> unknown(nameOrDigest));
      acquire(version.sha256());
      return new Lease(version);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What an address names: one version, or the weighted sum of several, to be closed after use.
   *
   * @throws PrecordiaException NOT_FOUND; INVALID_ARGUMENT if more than low-rank factors are to be
   *     summed; INSUFFICIENT_MEMORY if the sum cannot fit
   */
  public AdapterUse use(AdapterMix mix) {
    List<Lease> leases = new ArrayList<>();
    Runnable end = () -> leases.forEach(Lease::close);
    try {
      List<ModelRef.AdapterRef> refs = new ArrayList<>();
      for (AdapterMix.Part part : mix.parts()) {
        Lease lease = lease(part.adapter());
        leases.add(lease);
        AdapterVersion v = lease.version();
        refs.add(new ModelRef.AdapterRef(v.name(), v.sha256(), part.weight()));
      }
      if (mix.isPlain()) {
        String sha256 = refs.getFirst().sha256();
        return new AdapterUse(
            sha256,
            refs,
            members(sha256).stream()
                .map(m -> new ModelRef.AdapterRef(m.name(), m.sha256()))
                .toList(),
            end);
      }
      String id =
          composed.open(refs.stream().map(r -> new AdapterShare(r.sha256(), r.weight())).toList());
      return new AdapterUse(
          id,
          refs,
          List.of(),
          () -> {
            composed.close(id);
            end.run();
          });
    } catch (RuntimeException | Error e) {
      end.run();
      throw e;
    }
  }

  /** What a name stands for. */
  public AdapterVersion get(String name) {
    AdapterVersion version = find(name);
    if (version == null) {
      throw unknown(name);
    }
    return version;
  }

  /** Adapters that a router chooses from; empty for any other version. */
  public List<RouterConfig.Member> members(AdapterVersion version) {
    return members(version.sha256());
  }

  private List<RouterConfig.Member> members(String sha256) {
    lock.lock();
    try {
      return routers.getOrDefault(sha256, List.of());
    } finally {
      lock.unlock();
    }
  }

  /** All names, sorted. */
  public List<AdapterVersion> all() {
    lock.lock();
    try {
      return tags.values().stream().sorted(Comparator.comparing(AdapterVersion::name)).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Whether its weights are in compute memory now. */
  public boolean resident(AdapterVersion version) {
    return encoder.resident(version.sha256());
  }

  private @Nullable AdapterVersion find(String name) {
    lock.lock();
    try {
      return tags.get(name);
    } finally {
      lock.unlock();
    }
  }

  private void claim(String name) {
    lock.lock();
    try {
      if (!busy.add(name)) {
        throw new PrecordiaException(
            ErrorCode.CONFLICT,
            "the adapter " + AdapterName.checked(name) + " is being changed by another request");
      }
    } finally {
      lock.unlock();
    }
  }

  private void release(String name) {
    lock.lock();
    try {
      busy.remove(name);
    } finally {
      lock.unlock();
    }
  }

  private static PrecordiaException unknown(String name) {
    return new PrecordiaException(
        ErrorCode.NOT_FOUND,
        "no adapter has this name or digest; GET /v1/adapters lists those that there are");
  }
}
