/** How each protection looks: by its line and its words, and only then by its colour. */
import type { Protection } from './installation.ts';

/** Class of a protection in the picture, and what its line means. */
export const looks: Readonly<Record<Protection, readonly [name: string, meaning: string]>> = {
  mTLS: ['mtls', 'mutual TLS of the mesh; both sides need its certificate'],
  'mTLS or plain': ['either', 'mutual TLS from pods with a proxy, plain text from others'],
  'as your mesh': ['yours', 'what your own control plane asks for'],
  TLS: ['tls', 'TLS, with a certificate that is not of the mesh'],
  plain: ['plain', 'not encrypted'],
  TCP: ['tcp', 'passed as it is; the listener decides on TLS'],
  refused: ['refused', 'the caller has no certificate of the mesh'],
};

const lines = `.mtls { stroke-width: 3 } .either { stroke-width: 3; stroke-dasharray: 11 4 } .yours { stroke-width: 2; stroke-dasharray: 9 3 2 3 }
.tls, .refused { stroke-width: 1.5 } .plain { stroke-width: 1.5; stroke-dasharray: 5 4 } .tcp { stroke-width: 2.5; stroke-dasharray: 2 4 }`;

export const style = {
  light: `
.namespace { fill: #f6f8fa; stroke: #818b98 } .party { fill: #ffffff; stroke: #59636e } .mesh { fill: #1a7f37 }
.line { fill: none } .bold { font-weight: 600 }
${lines}
.mtls, .either { stroke: #1a7f37 } .tls { stroke: #0969da } .plain { stroke: #bc4c00 } .tcp, .yours { stroke: #59636e } .refused { stroke: #cf222e }
.head { stroke-dasharray: none; stroke-width: 1 }
.head.mtls, .head.either { fill: #1a7f37 } .head.tls { fill: #0969da } .head.plain { fill: #bc4c00 } .head.tcp, .head.yours { fill: #59636e } .head.refused { fill: none; stroke-width: 2.5 }`,
  dark: `
.namespace { fill: #151b23; stroke: #7d8590 } .party { fill: #0d1117; stroke: #9198a1 } .mesh { fill: #3fb950 }
.mtls, .either { stroke: #3fb950 } .tls { stroke: #4493f8 } .plain { stroke: #f0883e } .tcp, .yours { stroke: #9198a1 } .refused { stroke: #f85149 }
.head.mtls, .head.either { fill: #3fb950 } .head.tls { fill: #4493f8 } .head.plain { fill: #f0883e } .head.tcp, .head.yours { fill: #9198a1 }`,
} as const;
