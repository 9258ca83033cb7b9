package io.precordia.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Searches what lies on a disk for a piece of bytes. */
public final class Residue {
  private Residue() {}

  public static boolean contains(byte[] all, byte[] piece) {
    outer:
    for (int i = 0; i + piece.length <= all.length; i++) {
      for (int j = 0; j < piece.length; j++) {
        if (all[i + j] != piece[j]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }

  /** Everything under a folder that may be in use: what is deleted meanwhile is left out. */
  public static List<Path> under(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            paths.add(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            paths.add(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return paths;
  }

  /** What a file holds; nothing if it is a folder or was deleted meanwhile. */
  public static byte[] bytes(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return new byte[0];
    }
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }
}
