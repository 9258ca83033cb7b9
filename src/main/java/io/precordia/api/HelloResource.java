package io.precordia.api;
import jakarta.ws.rs.*;
@Path("/v1/hello")
public class HelloResource {
  public record In(String a) {}
  @GET public java.util.Map<String,String> get() { return java.util.Map.of("a","b"); }
  @POST @Consumes("application/json") public In post(In in) { return in; }
}
