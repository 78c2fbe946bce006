import { useEffect, useId, useState } from 'react';
import { openInBrowser, readPhoto } from './in_browser.js';

/** Classifies photos that are chosen. `folder`: the address of the exported files, with a slash at its end. */
export function Classifier({ folder }) {
  const id = useId();
  const [classify, setClassify] = useState(null);
  const [status, setStatus] = useState('Opening the model …');
  const [photos, setPhotos] = useState([]);

  useEffect(() => {
    let isShown = true;
    openInBrowser(folder).then(
      (opened) => {
        if (!isShown) return;
        setClassify(() => opened);
        setStatus('');
      },
      (error) => isShown && setStatus(`The model could not be opened: ${error.message}`),
    );
    return () => {
      isShown = false;
    };
  }, [folder]);

  async function classifyAll(files) {
    setPhotos([]);
    const unreadable = [];
    for (const [i, file] of files.entries()) {
      setStatus(`Photo ${i + 1} of ${files.length}`);
      const photo = await readPhoto(file).catch(() => null);
      if (photo === null) unreadable.push(file.name);
      else {
        const answers = await classify(photo);
        const address = URL.createObjectURL(file);
        setPhotos((before) => [...before, { name: file.name, address, answers }]);
      }
    }
    setStatus(unreadable.map((name) => `${name} is no photo that can be read.`).join(' '));
  }

  return (
    <section>
      <label htmlFor={id}>Choose photos</label>
      <input
        id={id}
        type="file"
        accept="image/*"
        multiple
        disabled={classify === null}
        onChange={(event) => classifyAll([...event.target.files])}
      />
      <p role="status">{status}</p>
      <ul className="photos">
        {photos.map((photo) => (
          <Photo key={photo.address} {...photo} />
        ))}
      </ul>
    </section>
  );
}

function Photo({ name, address, answers }) {
  const sorted = answers.toSorted((a, b) => b.probability - a.probability);
  return (
    <li>
      <img src={address} alt="" onLoad={() => URL.revokeObjectURL(address)} />
      <div>
        <h2>{name}</h2>
        <ol>
          {sorted.map(({ label, probability }) => (
            <li key={label}>
              <span>{label}</span>
              <output>{(100 * probability).toFixed(1)} %</output>
              <meter value={probability} aria-label={label} />
            </li>
          ))}
        </ol>
      </div>
    </li>
  );
}
