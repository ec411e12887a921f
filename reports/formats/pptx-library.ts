import library from "pptxgenjs";

/** Its types describe the CommonJS build, where the class lies one level deeper than in the one that Node imports. */
export const PptxGen = "default" in library ? library.default : library;
export type Pptx = InstanceType<typeof PptxGen>;
export type Slide = ReturnType<Pptx["addSlide"]>;
