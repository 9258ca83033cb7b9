/** The compute contract on DJL's PyTorch engine: differentiable, CPU or CUDA (floor 1). */
@NullMarked
package io.precordia.tensor.djl;

import org.jspecify.annotations.NullMarked;
