package io.precordia.tensor.djl;

import io.precordia.tensor.LayerOpsContractTest;
import io.precordia.tensor.Ops;
import org.junit.jupiter.api.Tag;

@Tag("gpu")
class DjlCudaLayerOpsContractTest extends LayerOpsContractTest {
  @Override
  protected Ops open() {
    return DjlOps.cuda(0);
  }

  /** Room for TF32 products. */
  @Override
  protected double tolerance() {
    return 2e-3;
  }
}
