/** The bundled font, in slices by character: its list of slices is most of our styles. */
import '@fontsource-variable/noto-sans-sc/index.css';

/** As the slices call it. */
export const FAMILY = 'Noto Sans SC Variable';
