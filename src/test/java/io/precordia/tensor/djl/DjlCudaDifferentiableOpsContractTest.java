package io.precordia.tensor.djl;

import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.DifferentiableOpsContractTest;
import org.junit.jupiter.api.Tag;

@Tag("gpu")
class DjlCudaDifferentiableOpsContractTest extends DifferentiableOpsContractTest {
  @Override
  protected DifferentiableOps open() {
    return DjlOps.cuda(0);
  }
}
