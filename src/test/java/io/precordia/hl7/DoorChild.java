package io.precordia.hl7;

import java.nio.file.Path;

/** A program that only has the door open; it says on which port. */
final class DoorChild {
  private DoorChild() {}

  public static void main(String[] args) throws InterruptedException {
    Door door = new Door(Path.of(args[0]));
    System.out.println(door.port());
    Thread.currentThread().join();
  }
}
